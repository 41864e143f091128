/** A part of the gateway that runs until it is stopped; stopping finishes the work in hand. */
export type Role = { readonly name: string; stop(): Promise<void> };

export const ROLE_NAMES = ["poll", "work", "web", "clock"] as const;
export type RoleName = (typeof ROLE_NAMES)[number];
