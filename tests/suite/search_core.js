// The client's core script for tests in Node: its parts joined as the export joins them.
'use strict';
const fs = require('fs');
const path = require('path');
const folder = path.join(__dirname, '../../src/search/client');
const parts = ['fold', 'stem', 'terms', 'reading', 'files', 'rank', 'excerpt', 'near', 'site', 'settle'];
const text = parts.map((p) => fs.readFileSync(path.join(folder, p + '.js'), 'utf8')).join('\n');
module.exports = new Function("'use strict';\n" + text + '\nreturn S;')();
