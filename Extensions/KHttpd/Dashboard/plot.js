'use strict';

// A plot of values against time or against a number, drawn as SVG. Series appear when they are first mentioned.
class Plot {
  static #margin = { left: 44, right: 8, top: 8, bottom: 20 };
  static #height = 170;

  #figure;
  #svg;
  #caption;
  #options;
  #series = new Map();
  #cursor = null;

  // options: label (for screen readers), digits, dots (points instead of lines), formatX
  constructor(figure, options) {
    this.#figure = figure;
    this.#options = options;
    this.#svg = Plot.#make('svg', { role: 'img', 'aria-label': options.label });
    this.#caption = document.createElement('figcaption');
    figure.append(this.#svg, this.#caption);
    new ResizeObserver(() => this.#draw()).observe(figure);
    this.#svg.addEventListener('pointermove', event => this.#point(event.clientX - this.#svg.getBoundingClientRect().left));
    this.#svg.addEventListener('pointerleave', () => this.#point(null));
  }

  // points: a map from a series' name to its list of [x, y]; y null makes a gap.
  show(points, fromX, toX) {
    for (const name of points.keys()) {
      if (!this.#series.has(name)) {
        this.#series.set(name, { name: name, color: `s${this.#series.size % 6 + 1}`, points: [] });
      }
    }

    for (const series of this.#series.values()) {
      series.points = points.get(series.name) ?? [];
    }

    this.#fromX = fromX;
    this.#toX = toX;
    this.#figure.dataset.points = [...points.values()].reduce((sum, list) => sum + list.length, 0);
    this.#figure.dataset.latest = toX;
    this.#draw();
  }

  #fromX = 0;
  #toX = 1;

  static #make(name, attributes) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) {
      element.setAttribute(key, value);
    }

    return element;
  }

  // The least of 1, 2, 5, 10, 20, ... that divides the range into at most four parts.
  static #stepOf(range) {
    const power = 10 ** Math.floor(Math.log10(range / 4));
    return power * ([1, 2, 5, 10].find(factor => factor * power * 4 >= range) ?? 10);
  }

  #draw() {
    const margin = Plot.#margin;
    const width = Math.max(this.#svg.clientWidth, 120);
    const innerWidth = width - margin.left - margin.right;
    const innerHeight = Plot.#height - margin.top - margin.bottom;
    const values = [...this.#series.values()].flatMap(series => series.points.map(point => point[1] ?? 0));
    const highest = Math.max(...values, this.#options.least ?? 1);
    const step = Plot.#stepOf(highest);
    const top = Math.ceil(highest / step) * step;
    const toPixelX = x => margin.left + (x - this.#fromX) / Math.max(this.#toX - this.#fromX, 1e-9) * innerWidth;
    const toPixelY = y => margin.top + innerHeight - y / top * innerHeight;
    const parts = [];
    for (let y = 0; y <= top + step / 2; y += step) {
      parts.push(Plot.#make('line', { class: 'grid', x1: margin.left, x2: width - margin.right, y1: toPixelY(y), y2: toPixelY(y) }));
      parts.push(this.#label(Plot.shorten(y), margin.left - 6, toPixelY(y) + 4, 'end'));
    }

    parts.push(this.#label(this.#options.formatX(this.#fromX, this.#toX), margin.left, Plot.#height - 4, 'start'));
    parts.push(this.#label(this.#options.formatX(this.#toX, this.#toX), width - margin.right, Plot.#height - 4, 'end'));
    for (const series of this.#series.values()) {
      if (this.#options.dots) {
        parts.push(...series.points.map(([x, y]) => Plot.#make('circle', { class: series.color, cx: toPixelX(x), cy: toPixelY(y), r: 3 })));
      } else {
        parts.push(Plot.#make('path', { class: series.color, d: Plot.#pathOf(series.points, toPixelX, toPixelY) }));
      }
    }

    if (this.#cursor !== null) {
      const x = Math.min(Math.max(this.#cursor, margin.left), width - margin.right);
      parts.push(Plot.#make('line', { class: 'cursor', x1: x, x2: x, y1: margin.top, y2: margin.top + innerHeight }));
    }

    this.#svg.replaceChildren(...parts);
    this.#caption.replaceChildren(...[...this.#series.values()].map(series => this.#entryOf(series, toPixelX)));
  }

  static #pathOf(points, toPixelX, toPixelY) {
    let path = '';
    let isBroken = true;
    for (const [x, y] of points) {
      if (y !== null) {
        path += `${isBroken ? 'M' : 'L'}${toPixelX(x).toFixed(1)} ${toPixelY(y).toFixed(1)}`;
      }

      isBroken = y === null;
    }

    return path;
  }

  // An entry of the legend, with the value under the pointer, or else the latest.
  #entryOf(series, toPixelX) {
    let point = series.points.at(-1);
    if (this.#cursor !== null) {
      for (const other of series.points) {
        if (Math.abs(toPixelX(other[0]) - this.#cursor) < Math.abs(toPixelX(point[0]) - this.#cursor)) {
          point = other;
        }
      }
    }

    const entry = document.createElement('span');
    entry.className = series.color;
    const value = point && point[1] !== null ? point[1].toFixed(this.#options.digits) : '–';
    entry.append(document.createElement('i'), `${series.name} ${value}`);
    return entry;
  }

  #label(text, x, y, anchor) {
    const label = Plot.#make('text', { x: x, y: y, 'text-anchor': anchor });
    label.textContent = text;
    return label;
  }

  #point(pixelX) {
    this.#cursor = pixelX;
    this.#draw();
  }

  static shorten(number) {
    return number >= 1e6 ? `${+(number / 1e6).toFixed(2)}M` : number >= 1e3 ? `${+(number / 1e3).toFixed(2)}k` : `${+number.toFixed(2)}`;
  }
}
