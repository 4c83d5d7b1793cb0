/** Names shared by preload and shell; nothing else may cross between them. */
export const shellChannel = 'casebench.shell';
export const dropChannel = 'casebench.drop';
export const connectChannel = 'casebench.connect';
/** The engine's port on its way to the page; also the message by which the page gets it. */
export const portChannel = 'casebench.port';
