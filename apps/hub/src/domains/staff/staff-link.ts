import type { LinkSigner } from '../../platform/auth/tokens.ts';

const LINK_DAYS = 7;

/** A link that signs a staff member in; good for a week. */
export async function staffLink(
  env: { links: LinkSigner; publicUrl: () => string },
  { memberId, now }: { memberId: string; now: Date },
): Promise<string> {
  const token = await env.links.sign('staff', {
    subject: memberId,
    claims: {},
    now,
    expiresAt: new Date(now.getTime() + LINK_DAYS * 86_400_000),
  });
  return `${env.publicUrl()}/ops/#/login?token=${token}`;
}
