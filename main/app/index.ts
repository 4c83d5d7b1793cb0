/** Settings of the analyst and facts about the running engine. */
export { createAppHandlers } from './handlers.ts';
