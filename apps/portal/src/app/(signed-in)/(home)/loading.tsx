import { ListSkeleton } from '../../../shell/list-skeleton.tsx';

export default function Loading() {
  return <ListSkeleton />;
}
