import Link from 'next/link';
import { NotFoundNotice } from '../../shell/not-found-notice.tsx';

export default function NotFound() {
  return <NotFoundNotice link={Link} />;
}
