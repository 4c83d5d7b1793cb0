/** Types of unbzip2-stream, which ships none: a duplex that takes bzip2 and gives bytes, in the old stream style. */
declare module 'unbzip2-stream' {
  const unbzip2: () => NodeJS.ReadWriteStream;
  // its only export
  export default unbzip2;
}
