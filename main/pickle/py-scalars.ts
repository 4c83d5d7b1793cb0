/**
 * Python values without parts, as inert data.
 * Owns: float, bytes, complex and the contentless values. Must not: depend on other values.
 */

export class PyFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** The one NaN: missing values in object columns are often floats. */
export const PY_NAN = new PyFloat(NaN);

export class PyBytes {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

export class PyComplex {
  readonly re: number;
  readonly im: number;
  constructor(re: number, im: number) {
    this.re = re;
    this.im = im;
  }
}

/** pandas.NA, NaT and Ellipsis: values without content. */
export class PySingleton {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
export const PY_NA = new PySingleton('<NA>');
export const PY_NAT = new PySingleton('NaT');
export const PY_ELLIPSIS = new PySingleton('Ellipsis');
