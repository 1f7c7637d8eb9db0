'use strict';

// The list of faults, newest first, with how long each step of the recovery took.
class FaultList {
  static #shown = 100;

  #list;
  #faults = new Map();

  constructor(list) {
    this.#list = list;
  }

  get all() {
    return [...this.#faults.values()];
  }

  // Takes records; a record that is known is replaced, since recovery adds to it.
  add(records) {
    for (const record of records) {
      const known = this.#faults.get(record.id);
      if (known && JSON.stringify(known.record) === JSON.stringify(record)) {
        continue;
      }

      const item = this.#itemOf(record);
      if (known) {
        item.firstChild.open = known.item.firstChild.open;
        known.item.replaceWith(item);
      } else {
        const next = [...this.#list.children].find(other => Number(other.dataset.id) < record.id);
        this.#list.insertBefore(item, next ?? null);
      }

      this.#faults.set(record.id, { record: record, item: item });
    }

    while (this.#list.children.length > FaultList.#shown) {
      const oldest = this.#list.lastChild;
      this.#faults.delete(Number(oldest.dataset.id));
      oldest.remove();
    }

    document.getElementById('no-faults').hidden = this.#faults.size !== 0;
  }

  #itemOf(record) {
    const item = document.createElement('li');
    item.dataset.id = record.id;
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    const isRecovered = record.outcome === 'recovered';
    summary.append(
      FaultList.#span('id', `#${record.id}`),
      FaultList.#strong(record.extension),
      FaultList.#span('kind', record.kind),
      FaultList.#span('outcome', record.outcome ?? 'recovering', isRecovered ? 'good' : 'bad'),
      FaultList.#span('where', record.function ? `${record.function}${record.line ? `:${record.line}` : ''}` : ''),
      FaultList.#span('time', record.recoveryMilliseconds == null ? '–' : `${record.recoveryMilliseconds.toFixed(2)} ms`));
    details.append(summary, ...FaultList.#notesOf(record), FaultList.#stepsOf(record.steps ?? []));
    item.append(details);
    return item;
  }

  static #notesOf(record) {
    const texts = [
      record.detail,
      `instance ${record.generation}, decision: ${record.decision ?? 'none yet'} by ${record.decidedBy ?? 'nobody yet'}`,
      `${record.objectsReleased} objects released, ${record.objectsLeaked} leaked; ${record.pagesLeaked ?? 0} pages leaked`,
      record.note,
    ];
    return texts.filter(text => text).map(text => {
      const note = document.createElement('p');
      note.className = 'note';
      note.textContent = text;
      return note;
    });
  }

  static #stepsOf(steps) {
    const box = document.createElement('div');
    box.className = 'steps';
    const total = Math.max(...steps.map(step => step.milliseconds + (step.durationMilliseconds ?? 0)), 1e-6);
    for (const step of steps) {
      const duration = step.durationMilliseconds ?? 0;
      const bar = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      bar.setAttribute('viewBox', '0 0 100 1');
      bar.setAttribute('preserveAspectRatio', 'none');
      const mark = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      mark.setAttribute('x', Math.min(step.milliseconds / total * 100, 99.5));
      mark.setAttribute('width', Math.max(duration / total * 100, 0.5));
      mark.setAttribute('height', '1');
      bar.append(mark);
      box.append(FaultList.#span('step', step.name), bar, FaultList.#span('duration', `${duration.toFixed(2)} ms`));
    }

    return box;
  }

  static #strong(text) {
    const element = document.createElement('strong');
    element.textContent = text;
    return element;
  }

  static #span(name, text, tone) {
    const element = document.createElement('span');
    element.className = name;
    element.textContent = text;
    if (tone) {
      element.dataset.tone = tone;
    }

    return element;
  }
}
