/* Before the first paint: says that scripts run and applies the reader's choice of light or dark. */
(function () {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const choice = localStorage.getItem("sala-theme");
    if (choice === "light" || choice === "dark") root.setAttribute("data-theme", choice);
  } catch (e) { /* storage may be closed: the system setting then decides */ }

  /* The faces of every page start early, so that text does not move when they arrive. Not from files: a preload
     of a face needs an origin. */
  if (location.protocol.indexOf("http") === 0 && document.currentScript) {
    (document.currentScript.getAttribute("data-fonts") || "").split(" ").filter(Boolean).forEach((href) => {
      const link = document.createElement("link");
      link.rel = "preload";
      link.as = "font";
      link.type = "font/woff2";
      link.crossOrigin = "anonymous";
      link.href = href;
      document.head.appendChild(link);
    });
    /* Nor is there anything to install from files, and browsers complain about a manifest there. */
    const manifest = document.currentScript.getAttribute("data-manifest");
    if (manifest) {
      const link = document.createElement("link");
      link.rel = "manifest";
      link.href = manifest;
      document.head.appendChild(link);
    }
  }
})();
