/* Before the first paint: says that scripts run and applies the reader's choice of light or dark. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var choice = localStorage.getItem("sala-theme");
    if (choice === "light" || choice === "dark") root.setAttribute("data-theme", choice);
  } catch (e) { /* storage may be closed: the system setting then decides */ }
})();
