/**
 * Draws lanes on one ECharts instance: bars of bucket counts, or dots of single events, each lane scaled to its own maximum. Hit testing,
 * brush and labels belong to the view; the chart only paints.
 */
import { CustomChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { CustomSeriesRenderItem, CustomSeriesRenderItemReturn } from 'echarts/types/dist/shared';
import type { TimelineAnswer } from '../../main/contract/index.ts';
import { cssColor } from '../theme/css-colors.ts';
import { sizes, xOf, type Window } from './geometry.ts';

use([CustomChart, GridComponent, CanvasRenderer]);

export type Scene = {
  answer: TimelineAnswer;
  window: Window;
  width: number;
  /** Categorical colour 0–8 per lane. */
  colors: number[];
  ticksUs: number[];
  selected: { laneIndex: number; us: number } | null;
};
export type LaneChart = { draw(scene: Scene): void; resize(): void; dispose(): void };

const barTop = 5;
const barHeight = sizes.lane - barTop - 3;
const dotRadius = 4;

/** Pixel rectangle of one bucket; at least a pixel wide and two high. */
export const barOf = (bin: number, count: number, max: number, answer: TimelineAnswer, window: Window, width: number, lane: number): { x: number; y: number; width: number; height: number } => {
  const x0 = xOf(answer.fromUs + bin * answer.bucketUs, window, width);
  const x1 = xOf(answer.fromUs + (bin + 1) * answer.bucketUs, window, width);
  const height = Math.max(2, (count / max) * barHeight);
  return { x: x0, y: lane * sizes.lane + barTop + barHeight - height, width: Math.max(1, x1 - x0 - 1), height };
};

const rows = (scene: Scene): number[][] => {
  const data: number[][] = [];
  const { answer } = scene;
  if (answer.events !== null) {
    answer.events.us.forEach((us, i) => data.push([answer.events?.lane[i] ?? 0, us]));
    return data;
  }
  answer.lanes.forEach((lane, laneIndex) => lane.counts.forEach((count, bin) => count > 0 && data.push([laneIndex, bin, count])));
  return data;
};

export const createLaneChart = (element: HTMLElement): LaneChart => {
  const chart: ECharts = init(element, null, { renderer: 'canvas' });
  let scene: Scene | null = null;
  let data: number[][] = [];
  let maxima: number[] = [];

  const renderItem: CustomSeriesRenderItem = (params): CustomSeriesRenderItemReturn => {
    const row = data[params.dataIndex];
    if (scene === null || row === undefined) return null;
    const [lane = 0, second = 0, count = 0] = row;
    const fill = cssColor(`c${scene.colors[lane] ?? 0}`);
    if (scene.answer.events !== null) {
      const cx = xOf(second, scene.window, scene.width);
      const isSelected = scene.selected?.us === second && scene.selected.laneIndex === lane;
      return { type: 'circle', shape: { cx, cy: lane * sizes.lane + sizes.lane / 2, r: dotRadius }, style: { fill, ...(isSelected ? { stroke: cssColor('text-1'), lineWidth: 2 } : {}) } };
    }
    return { type: 'rect', shape: barOf(second, count, maxima[lane] ?? 1, scene.answer, scene.window, scene.width, lane), style: { fill } };
  };

  const renderGrid: CustomSeriesRenderItem = (params): CustomSeriesRenderItemReturn => {
    if (scene === null) return null;
    const us = scene.ticksUs[params.dataIndex];
    if (us === undefined) return null;
    const x = Math.round(xOf(us, scene.window, scene.width)) + 0.5;
    return { type: 'line', shape: { x1: x, y1: 0, x2: x, y2: scene.answer.lanes.length * sizes.lane }, style: { stroke: cssColor('grid-line'), lineWidth: 1 } };
  };

  return {
    draw(next) {
      scene = next;
      data = rows(next);
      maxima = next.answer.lanes.map((lane) => lane.counts.reduce((a, b) => Math.max(a, b), 1));
      const common = { type: 'custom' as const, coordinateSystem: undefined, silent: true, animation: false, clip: true };
      chart.setOption(
        {
          animation: false,
          series: [
            { ...common, id: 'grid', data: next.ticksUs.map((_, i) => [i]), renderItem: renderGrid, z: 1 },
            { ...common, id: 'marks', data, renderItem, z: 2, progressive: 0 },
          ],
        },
        { replaceMerge: ['series'] },
      );
    },
    resize: () => chart.resize(),
    dispose: () => chart.dispose(),
  };
};
