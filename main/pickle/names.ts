/**
 * The allow-list itself: canonical class, the modules that export it, its name there.
 * Owns: data only. Must not: grow an entry whose constructor could do anything besides hold
 * its arguments. Module names differ between pandas versions; pandas 3 uses short ones.
 */

import { PY_ELLIPSIS, PY_NA, PY_NAT } from './py-scalars.ts';
import type { PyValue } from './values.ts';

type Names = readonly (readonly [cls: string, modules: readonly string[], name: string])[];

const BUILTINS = ['builtins', '__builtin__'] as const;
const COPYREG = ['copyreg', 'copy_reg'] as const;
const MULTIARRAY = ['numpy.core.multiarray', 'numpy._core.multiarray'] as const;
const NUMERIC = ['numpy.core.numeric', 'numpy._core.numeric'] as const;
const DTYPES = ['pandas', 'pandas.core.dtypes.dtypes', 'pandas.api.types'] as const;
const OFFSETS = ['pandas._libs.tslibs.offsets', 'pandas.tseries.offsets'] as const;

const indexClass = (name: string, ...modules: string[]) => [name, ['pandas', 'pandas.core.indexes.base', ...modules], name] as const;
const arrayClass = (name: string, ...modules: string[]) => [name, ['pandas', 'pandas.arrays', ...modules], name] as const;
const maskedDtype = (module: string) => (name: string) => [name, ['pandas', `pandas.core.arrays.${module}`], name] as const;

/** Classes whose instances are held uninterpreted: name, arguments, state. */
export const CLASS_NAMES: Names = [
  ['DataFrame', ['pandas', 'pandas.core.frame'], 'DataFrame'],
  ['Series', ['pandas', 'pandas.core.series'], 'Series'],
  ['BlockManager', ['pandas.core.internals.managers', 'pandas.core.internals'], 'BlockManager'],
  ['SingleBlockManager', ['pandas.core.internals.managers', 'pandas.core.internals'], 'SingleBlockManager'],
  ['Block', ['pandas._libs.internals'], '_unpickle_block'],
  indexClass('Index'),
  indexClass('RangeIndex', 'pandas.core.indexes.range'),
  indexClass('MultiIndex', 'pandas.core.indexes.multi'),
  indexClass('DatetimeIndex', 'pandas.core.indexes.datetimes'),
  indexClass('TimedeltaIndex', 'pandas.core.indexes.timedeltas'),
  indexClass('PeriodIndex', 'pandas.core.indexes.period'),
  indexClass('IntervalIndex', 'pandas.core.indexes.interval'),
  indexClass('CategoricalIndex', 'pandas.core.indexes.category'),
  ['Index', ['pandas.core.indexes.numeric'], 'Int64Index'],
  ['Index', ['pandas.core.indexes.numeric'], 'UInt64Index'],
  ['Index', ['pandas.core.indexes.numeric'], 'Float64Index'],
  ['Index', ['pandas.core.indexes.numeric'], 'NumericIndex'],
  arrayClass('DatetimeArray', 'pandas.core.arrays.datetimes'),
  arrayClass('TimedeltaArray', 'pandas.core.arrays.timedeltas'),
  arrayClass('PeriodArray', 'pandas.core.arrays.period'),
  arrayClass('Categorical', 'pandas.core.arrays.categorical'),
  arrayClass('IntegerArray', 'pandas.core.arrays.integer'),
  arrayClass('FloatingArray', 'pandas.core.arrays.floating'),
  arrayClass('BooleanArray', 'pandas.core.arrays.boolean'),
  arrayClass('StringArray', 'pandas.core.arrays.string_'),
  ['StringArray', ['pandas.core.arrays.string_'], 'StringArrayNumpySemantics'],
  arrayClass('ArrowStringArray', 'pandas.core.arrays.string_arrow'),
  ['ArrowStringArray', ['pandas.core.arrays.string_arrow'], 'ArrowStringArrayNumpySemantics'],
  arrayClass('ArrowExtensionArray', 'pandas.core.arrays.arrow.array', 'pandas.core.arrays.arrow'),
  arrayClass('IntervalArray', 'pandas.core.arrays.interval'),
  arrayClass('SparseArray', 'pandas.core.arrays.sparse.array', 'pandas.core.arrays.sparse'),
  arrayClass('NumpyExtensionArray', 'pandas.core.arrays.numpy_'),
  ['NumpyExtensionArray', ['pandas.arrays', 'pandas.core.arrays.numpy_'], 'PandasArray'],
  ['CategoricalDtype', DTYPES, 'CategoricalDtype'],
  ['DatetimeTZDtype', DTYPES, 'DatetimeTZDtype'],
  ['PeriodDtype', DTYPES, 'PeriodDtype'],
  ['IntervalDtype', DTYPES, 'IntervalDtype'],
  ['SparseDtype', [...DTYPES, 'pandas.core.arrays.sparse.dtype'], 'SparseDtype'],
  ['ArrowDtype', [...DTYPES, 'pandas.core.arrays.arrow.dtype'], 'ArrowDtype'],
  ['NumpyDtype', DTYPES, 'NumpyEADtype'],
  ['NumpyDtype', [...DTYPES, 'pandas.core.arrays.numpy_'], 'PandasDtype'],
  ...['Int8Dtype', 'Int16Dtype', 'Int32Dtype', 'Int64Dtype', 'UInt8Dtype', 'UInt16Dtype', 'UInt32Dtype', 'UInt64Dtype'].map(maskedDtype('integer')),
  ...['Float32Dtype', 'Float64Dtype'].map(maskedDtype('floating')),
  ['BooleanDtype', ['pandas', 'pandas.core.arrays.boolean'], 'BooleanDtype'],
  ['StringDtype', ['pandas', 'pandas.core.arrays.string_'], 'StringDtype'],
  ['IntIndex', ['pandas._libs.sparse'], 'IntIndex'],
  ['BlockIndex', ['pandas._libs.sparse'], 'BlockIndex'],
  ['Timestamp', ['pandas', 'pandas._libs.tslibs.timestamps'], 'Timestamp'],
  ['Timestamp', ['pandas._libs.tslibs.timestamps'], '_unpickle_timestamp'],
  ['Timedelta', ['pandas', 'pandas._libs.tslibs.timedeltas'], 'Timedelta'],
  ['Timedelta', ['pandas._libs.tslibs.timedeltas'], '_timedelta_unpickle'],
  ['Period', ['pandas', 'pandas._libs.tslibs.period'], 'Period'],
  ['Interval', ['pandas', 'pandas._libs.interval'], 'Interval'],
  ...[
    'DateOffset', 'Day', 'Hour', 'Minute', 'Second', 'Milli', 'Micro', 'Nano', 'MonthEnd', 'MonthBegin', 'BusinessDay', 'BDay', 'BusinessMonthEnd', 'BMonthEnd',
    'BusinessMonthBegin', 'BMonthBegin', 'QuarterEnd', 'QuarterBegin', 'BQuarterEnd', 'BQuarterBegin', 'YearEnd', 'YearBegin', 'BYearEnd', 'BYearBegin',
    'Week', 'WeekOfMonth', 'LastWeekOfMonth', 'SemiMonthEnd', 'SemiMonthBegin', 'BusinessHour',
  ].map((name) => [`offset.${name}`, OFFSETS, name] as const),
  ['datetime', ['datetime'], 'datetime'],
  ['date', ['datetime'], 'date'],
  ['time', ['datetime'], 'time'],
  ['timedelta', ['datetime'], 'timedelta'],
  ['timezone', ['datetime'], 'timezone'],
  ['Decimal', ['decimal'], 'Decimal'],
  ['Fraction', ['fractions'], 'Fraction'],
  ['UUID', ['uuid'], 'UUID'],
  ['SafeUUID', ['uuid'], 'SafeUUID'],
  ['IPv4Address', ['ipaddress'], 'IPv4Address'],
  ['IPv6Address', ['ipaddress'], 'IPv6Address'],
  ...['IPv4Network', 'IPv6Network', 'IPv4Interface', 'IPv6Interface'].map((name) => [name, ['ipaddress'], name] as const),
  ['range', BUILTINS, 'range'],
  ['range', ['__builtin__'], 'xrange'],
  ['slice', BUILTINS, 'slice'],
  ['pytz.utc', ['pytz'], '_UTC'],
  ['pytz.fixed', ['pytz'], 'FixedOffset'],
  ['pytz.fixed', ['pytz'], '_FixedOffset'],
  ['dateutil.tzutc', ['dateutil.tz.tz', 'dateutil.tz'], 'tzutc'],
  ['dateutil.tzlocal', ['dateutil.tz.tz', 'dateutil.tz'], 'tzlocal'],
  ['dateutil.tzoffset', ['dateutil.tz.tz', 'dateutil.tz'], 'tzoffset'],
  ['dateutil.ttinfo', ['dateutil.tz.tz'], '_ttinfo'],
  ['arrow.array', ['pyarrow.lib'], '_restore_array'],
  ['arrow.chunked', ['pyarrow.lib'], 'chunked_array'],
  ...[
    'type_for_alias', 'timestamp', 'duration', 'time32', 'time64', 'decimal128', 'list_', 'large_list', 'struct', 'field', 'dictionary', 'map_', 'binary',
  ].map((name) => [`arrow.${name}`, ['pyarrow.lib'], name] as const),
];

/** Names that are only ever called (or handed over); see the makers in globals.ts. */
export const FUNCTION_NAMES: Names = [
  ['list', BUILTINS, 'list'],
  ['tuple', BUILTINS, 'tuple'],
  ['set', BUILTINS, 'set'],
  ['frozenset', BUILTINS, 'frozenset'],
  ['dict', BUILTINS, 'dict'],
  ['bytes', BUILTINS, 'bytes'],
  ['bytearray', BUILTINS, 'bytearray'],
  ['complex', BUILTINS, 'complex'],
  ['object', BUILTINS, 'object'],
  ['int', BUILTINS, 'int'],
  ['float', BUILTINS, 'float'],
  ['str', BUILTINS, 'str'],
  ['bool', BUILTINS, 'bool'],
  ['builtins.getattr', BUILTINS, 'getattr'],
  ['OrderedDict', ['collections'], 'OrderedDict'],
  ['defaultdict', ['collections'], 'defaultdict'],
  ['Counter', ['collections'], 'Counter'],
  ['deque', ['collections'], 'deque'],
  ['_codecs.encode', ['_codecs'], 'encode'],
  ['copyreg._reconstructor', COPYREG, '_reconstructor'],
  ['copyreg.__newobj__', COPYREG, '__newobj__'],
  ['numpy.dtype', ['numpy'], 'dtype'],
  ['numpy.ndarray', ['numpy'], 'ndarray'],
  ['numpy.ndarray', ['pandas.core.indexes.frozen'], 'FrozenNDArray'],
  ['numpy._reconstruct', MULTIARRAY, '_reconstruct'],
  ['numpy.scalar', MULTIARRAY, 'scalar'],
  ['numpy._frombuffer', NUMERIC, '_frombuffer'],
  ['FrozenList', ['pandas.core.indexes.frozen'], 'FrozenList'],
  ['pandas.__pyx_unpickle', ['pandas._libs.arrays'], '__pyx_unpickle_NDArrayBacked'],
  ['pandas.__pyx_unpickle', ['pandas._libs.interval'], '__pyx_unpickle_IntervalMixin'],
  ['pandas._new_Index', ['pandas.core.indexes.base'], '_new_Index'],
  ['pandas._new_Index', ['pandas.core.indexes.datetimes'], '_new_DatetimeIndex'],
  ['pandas._new_Index', ['pandas.core.indexes.period'], '_new_PeriodIndex'],
  ['pandas._new_Index', ['pandas.core.indexes.interval'], '_new_IntervalIndex'],
  ['pandas.NaT', ['pandas._libs.tslibs.nattype'], '__nat_unpickle'],
  ['pandas.NaT', ['pandas._libs.tslibs.nattype'], '_nat_unpickle'],
  ['pyarrow.py_buffer', ['pyarrow.lib'], 'py_buffer'],
  ['pytz.name', ['pytz'], '_p'],
  ['ZoneInfo', ['zoneinfo', 'backports.zoneinfo'], 'ZoneInfo'],
  ['ZoneInfo', ['zoneinfo', 'backports.zoneinfo'], 'ZoneInfo._unpickle'],
  ['dateutil.tzfile', ['dateutil.tz.tz', 'dateutil.tz'], 'tzfile'],
];

/** Names that stand for a value. */
export const VALUE_NAMES: readonly (readonly [value: PyValue, modules: readonly string[], name: string])[] = [
  [PY_NA, ['pandas', 'pandas._libs.missing'], 'NA'],
  [PY_NAT, ['pandas', 'pandas._libs.tslibs.nattype'], 'NaT'],
  [PY_ELLIPSIS, BUILTINS, 'Ellipsis'],
];
