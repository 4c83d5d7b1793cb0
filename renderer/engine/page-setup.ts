/** Must be imported before anything that builds a schema: the page's policy forbids code made from text, which zod would otherwise try. */
import { z } from 'zod';

z.config({ jitless: true });
