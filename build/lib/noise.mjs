/**
 * Chromium's complaints about machines without a desktop, which say nothing about the app.
 * Owns: recognising those lines. Must not: hide anything the app itself prints.
 */
const harmless = [
  /:ERROR:bus\.cc\(\d+\)\] Failed to connect to the bus/,
  /:ERROR:(?:dbus\/)?object_proxy\.cc\(\d+\)\] Failed to call method: org\.freedesktop/,
  /:ERROR:viz_main_impl\.cc\(\d+\)\] Exiting GPU process/,
  /:ERROR:(?:gpu\/)?[\w/]*shared_image_interface_proxy\.cc/,
  /:ERROR:[\w/]*one_copy_raster_buffer_provider\.cc/,
  /:ERROR:[\w/]*command_buffer_proxy_impl\.cc\(\d+\)\] ContextResult::kTransientFailure/,
  /:WARNING:[\w/]*sandbox_linux\.cc/,
];

/** @param {string} line of the app's stderr */
export function isHarmless(line) {
  return harmless.some((pattern) => pattern.test(line));
}
