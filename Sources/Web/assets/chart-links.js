// Columns of a chart that stand for a page: a click goes there. The table beside the chart has the
// same pages as links, for keys and readers of the screen.
document.addEventListener("click", (event) => {
  const address = event.target.closest?.("svg [data-href]")?.dataset.href;
  if (address) location.assign(address);
});
