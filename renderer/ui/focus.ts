/** Gives the focus to an element as it appears: for fields that an analyst has just asked for, such as a rename. */
export const focusNow = (element: HTMLElement | null): void => element?.focus();
