'use strict';

const secondsShown = 120;
const find = id => document.getElementById(id);
const secondsAgo = (x, now) => x === now ? 'now' : `${Math.round(now - x)} s ago`;
const plots = {
  calls: new Plot(find('plot-xpc'), { label: 'Calls across protection boundaries each second, by extension', digits: 0, formatX: secondsAgo }),
  packets: new Plot(find('plot-packets'), { label: 'Frames each second', digits: 0, formatX: secondsAgo }),
  recovery: new Plot(find('plot-recovery'), {
    label: 'Duration of recoveries in milliseconds, by number of the fault', digits: 2, dots: true, formatX: x => `#${Math.round(x)}`,
  }),
};
const faults = new FaultList(find('faults'));
const rows = new Map();
const history = { calls: new Map(), packets: new Map() };
let previous = null;

// How much a counter grew each second. It begins again at 0 with a new instance.
function rateOf(now, before, seconds) {
  return before === undefined ? null : (now >= before ? now - before : now) / seconds;
}

function record(samples, name, time, value) {
  const points = samples.get(name) ?? [];
  if (points.length !== 0 && time - points.at(-1)[0] > 3) {
    points.push([time - 1, null]);
  }

  points.push([time, value]);
  while (points[0][0] < time - secondsShown) {
    points.shift();
  }

  samples.set(name, points);
}

function makeRow(extension) {
  const row = document.createElement('tr');
  row.dataset.extension = extension;
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = extension;
  row.append(head);
  const titles = document.querySelectorAll('thead th');
  for (const name of ['mode', 'state', 'generation', 'faults', 'restarts', 'in', 'out', 'memory', 'objects']) {
    const cell = document.createElement('td');
    cell.className = name === 'mode' || name === 'state' ? name : `${name} number`;
    cell.dataset.label = titles[row.children.length].textContent;
    row.append(cell);
  }

  const crash = makeButton('Crash', 'crash', () => order('/api/crash', { extension: extension, kind: find('kind').value }));
  const isolate = makeButton('', 'isolate', () => order('/api/isolate', { extension: extension, mode: isolate.dataset.mode }));
  const actions = document.createElement('td');
  actions.append(isolate, crash);
  row.append(actions);
  find('domains').append(row);
  return row;
}

function makeButton(text, name, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  button.className = name;
  button.addEventListener('click', act);
  return button;
}

async function order(path, body) {
  let problem = '';
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) {
      problem = `${body.extension}: ${{ 404: 'there is no such thing', 409: 'not now, or not of this one' }[response.status] ?? 'refused'} (${response.status})`;
    }
  } catch {
    problem = `${body.extension}: the server did not answer`;
  }

  find('message').textContent = problem;
  find('message').hidden = problem === '';
}

function showDomain(domain, before, time, seconds) {
  const row = rows.get(domain.extension) ?? makeRow(domain.extension);
  rows.set(domain.extension, row);
  const set = (name, text) => { row.querySelector(`.${name}`).textContent = text; };
  const rateIn = rateOf(domain.xpcIn, before?.xpcIn, seconds);
  const rateOut = rateOf(domain.xpcOut, before?.xpcOut, seconds);
  set('mode', domain.mode ?? '–');
  set('state', domain.state);
  set('generation', domain.generation);
  set('faults', domain.faults);
  set('restarts', domain.restarts);
  set('in', rateIn === null ? '–' : Plot.shorten(Math.round(rateIn)));
  set('out', rateOut === null ? '–' : Plot.shorten(Math.round(rateOut)));
  set('memory', `${(domain.memoryBytes / 1048576).toFixed(2)} MB`);
  set('objects', domain.objects);
  row.querySelector('.state').dataset.tone = domain.state === 'running' ? 'good' : 'bad';
  row.querySelector('.mode').dataset.tone = domain.mode === 'direct' ? 'bad' : '';
  const isolate = row.querySelector('.isolate');
  isolate.dataset.mode = domain.mode === 'direct' ? 'domain' : 'direct';
  isolate.hidden = domain.kind === 'process';
  isolate.textContent = domain.mode === 'direct' ? 'Isolate' : 'Run direct';
  if (before && before.generation !== domain.generation) {
    row.classList.remove('changed');
    void row.offsetWidth;
    row.classList.add('changed');
  }

  record(history.calls, domain.extension, time, rateIn === null ? null : rateIn + rateOut);
}

function showDomains(news, seconds) {
  const before = new Map((previous?.domains ?? []).map(domain => [domain.extension, domain]));
  const time = news.uptimeMilliseconds / 1000;
  for (const domain of news.domains) {
    showDomain(domain, before.get(domain.extension), time, seconds);
  }

  for (const [extension, row] of rows) {
    if (!news.domains.some(domain => domain.extension === extension)) {
      row.remove();
      rows.delete(extension);
    }
  }

  find('fault-count').textContent = news.domains.reduce((sum, domain) => sum + domain.faults, 0);
  plots.calls.show(history.calls, time - secondsShown, time);
}

function showNetwork(news, seconds) {
  const time = news.uptimeMilliseconds / 1000;
  const device = news.network.device;
  const before = previous?.network?.device;
  record(history.packets, 'received', time, rateOf(device.framesReceived, before?.framesReceived, seconds));
  record(history.packets, 'sent', time, rateOf(device.framesTransmitted, before?.framesTransmitted, seconds));
  plots.packets.show(history.packets, time - secondsShown, time);
  find('address').textContent = news.network.interface?.address ?? '–';
}

function showFaults(records) {
  faults.add(records);
  const points = new Map();
  for (const { record: fault } of faults.all.sort((a, b) => a.record.id - b.record.id)) {
    if (fault.recoveryMilliseconds != null) {
      points.set(fault.extension, [...points.get(fault.extension) ?? [], [fault.id, fault.recoveryMilliseconds]]);
    }
  }

  const ids = [...points.values()].flat().map(point => point[0]);
  plots.recovery.show(points, Math.min(...ids, 1), Math.max(...ids, 2));
}

function formatTime(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map(part => String(part).padStart(2, '0')).join(':');
}

function show(news) {
  const seconds = previous ? Math.max((news.uptimeMilliseconds - previous.uptimeMilliseconds) / 1000, 0.001) : 1;
  find('uptime').textContent = formatTime(news.uptimeMilliseconds);
  if (news.memory) {
    find('free').textContent = `${Math.round(news.memory.freePages / 256)} MB`;
  }

  find('connections').textContent = news.server.connections;
  if (news.domains) {
    showDomains(news, seconds);
  }

  if (news.network?.device) {
    showNetwork(news, seconds);
  }

  showFaults(news.faults ?? []);
  previous = { ...previous, ...news };
}

function setLink(state, text) {
  find('link').dataset.state = state;
  find('link').textContent = text;
}

async function load(path) {
  const response = await fetch(path);
  return response.ok ? response.json() : [];
}

// What the events do not carry. Asked for again with every new connection: the server may be another instance.
async function loadRest() {
  if (find('kind').options.length === 0) {
    find('kind').append(...(await load('/api/kinds')).map(kind => new Option(kind)));
  }

  showFaults((await load('/api/faults')).slice(-100));
}

function listen() {
  const events = new EventSource('/events');
  events.onopen = () => loadRest().catch(() => setLink('lost', 'no answer; trying again'));
  events.onmessage = event => {
    setLink('live', 'live');
    show(JSON.parse(event.data));
  };
  events.onerror = () => {
    setLink('lost', 'no answer; trying again');

    // The browser tries again by itself unless it was told to go away.
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(listen, 1000);
    }
  };
}

listen();
