/** Files that are asked for together: their ids stand in an address, and a server refuses one with more than 16 KB. */
export const mostStatesAtOnce = 200;
