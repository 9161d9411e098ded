/** The portal that is tested is built beside the one that may be running. */
export const testBuildFolder = '.next-test';
