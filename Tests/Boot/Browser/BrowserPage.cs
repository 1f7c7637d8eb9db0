using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tests.Boot.Browser;

/// <summary>One page of the browser: commands of the DevTools protocol, one at a time.</summary>
internal sealed class BrowserPage : IDisposable
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(45);

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationToken _cancellation;
    private readonly List<string> _problems = [];
    private string? _session;
    private int _lastId;

    private BrowserPage(CancellationToken cancellation) => _cancellation = cancellation;

    /// <summary>What the page has complained about: exceptions, refused loads, errors written to its console.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Opens a page of the given size.</summary>
    public static async Task<BrowserPage> OpenAsync(HeadlessBrowser browser, int width, int height, CancellationToken cancellation)
    {
        BrowserPage page = new(cancellation);
        await page._socket.ConnectAsync(browser.Endpoint, cancellation);
        JsonNode target = await page.SendAsync("Target.createTarget", new { url = "about:blank" });
        JsonNode session = await page.SendAsync("Target.attachToTarget", new { targetId = (string)target["targetId"]!, flatten = true });
        page._session = (string)session["sessionId"]!;
        await page.SendAsync("Page.enable");
        await page.SendAsync("Runtime.enable");
        await page.SendAsync("Log.enable");
        await page.SendAsync(
            "Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = width < 600 });
        return page;
    }

    /// <summary>Goes to an address.</summary>
    public Task NavigateAsync(string address) => SendAsync("Page.navigate", new { url = address });

    /// <summary>Lets the page believe that the user likes light or dark pages.</summary>
    public Task PreferAsync(string scheme)
        => SendAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = scheme } } });

    /// <summary>The value of a JavaScript expression.</summary>
    public async Task<T> EvaluateAsync<T>(string expression)
    {
        JsonNode result = await SendAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        return result["exceptionDetails"] is { } exception
            ? throw new InvalidOperationException($"{expression}: {exception.ToJsonString()}")
            : result["result"]!["value"].Deserialize<T>()!;
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task WaitForAsync(string condition)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!await EvaluateAsync<bool>($"Boolean({condition})"))
        {
            if (Stopwatch.GetElapsedTime(begin) > s_patience)
            {
                throw new TimeoutException($"On the page this was never true: {condition}");
            }

            await Task.Delay(s_pollInterval, _cancellation);
        }
    }

    /// <summary>Presses the mouse button in the middle of an element, as a user does.</summary>
    public async Task ClickAsync(string selector)
    {
        string element = $"document.querySelector({JsonSerializer.Serialize(selector)})";
        double[] at = await EvaluateAsync<double[]>(
            $"(() => {{ const e = {element}; e.scrollIntoView({{block: 'center', inline: 'center'}}); const r = e.getBoundingClientRect();"
            + " return [r.x + r.width / 2, r.y + r.height / 2]; })()");
        foreach (string type in new[] { "mousePressed", "mouseReleased" })
        {
            await SendAsync("Input.dispatchMouseEvent", new { type, x = at[0], y = at[1], button = "left", clickCount = 1 });
        }
    }

    /// <summary>A picture of what is visible, as PNG.</summary>
    public async Task<byte[]> CaptureAsync()
        => Convert.FromBase64String((string)(await SendAsync("Page.captureScreenshot", new { format = "png" }))["data"]!);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task<JsonNode> SendAsync(string method, object? parameters = null)
    {
        int id = ++_lastId;
        JsonObject command = new() { ["id"] = id, ["method"] = method, ["params"] = JsonSerializer.SerializeToNode(parameters ?? new { }) };
        if (_session is not null)
        {
            command["sessionId"] = _session;
        }

        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, true, _cancellation);
        while (true)
        {
            JsonNode message = await ReceiveAsync();
            if ((int?)message["id"] == id)
            {
                return message["error"] is { } error
                    ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}")
                    : message["result"]!;
            }

            Note(message);
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        ArrayBufferWriter<byte> text = new();
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(text.GetMemory(16384), _cancellation);
            text.Advance(received.Count);
        }
        while (!received.EndOfMessage);

        return JsonNode.Parse(text.WrittenSpan) ?? throw new InvalidOperationException("The browser has closed its protocol.");
    }

    private void Note(JsonNode message)
    {
        JsonNode? values = message["params"];
        string? problem = (string?)message["method"] switch
        {
            "Runtime.exceptionThrown" => values!["exceptionDetails"]!.ToJsonString(),
            "Runtime.consoleAPICalled" when (string?)values!["type"] == "error" => values.ToJsonString(),
            "Log.entryAdded" when (string?)values!["entry"]!["level"] == "error" => (string?)values["entry"]!["text"],
            _ => null,
        };
        if (problem is not null)
        {
            _problems.Add(problem);
        }
    }
}
