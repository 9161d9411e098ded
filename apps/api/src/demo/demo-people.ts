import type { OrganizationRole } from '@hikyaku/types';

export interface DemoPerson {
  email: string;
  name: string;
  organization: string;
  role: OrganizationRole;
  isPlatformAdministrator?: boolean;
}

export const demoOrganizations = [
  { slug: 'aozora', name: '青空商事' },
  { slug: 'midori', name: 'みどり物流' },
];

/** `.example` is reserved: no mail of the demo can ever reach anybody. */
export const demoPeople: DemoPerson[] = [
  { email: 'uploader@aozora.example', name: '佐藤 花子', organization: 'aozora', role: 'uploader' },
  { email: 'operator@aozora.example', name: '鈴木 一郎', organization: 'aozora', role: 'operator' },
  { email: 'administrator@aozora.example', name: '高橋 美咲', organization: 'aozora', role: 'administrator' },
  {
    email: 'platform@aozora.example',
    name: '田中 健',
    organization: 'aozora',
    role: 'administrator',
    isPlatformAdministrator: true,
  },
  { email: 'uploader@midori.example', name: '渡辺 翔', organization: 'midori', role: 'uploader' },
];
