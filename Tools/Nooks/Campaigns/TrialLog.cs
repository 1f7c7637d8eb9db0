using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Campaigns;

/// <summary>
/// The results of a campaign in its folder: <c>campaign.json</c> says what it consists of, <c>trials*.jsonl</c> has one line for each
/// finished trial. A line is written whole and flushed before the next trial begins; a line that was cut off by the death of the tool
/// is taken away when the campaign goes on, and its trial is run again.
/// </summary>
public sealed class TrialLog : IDisposable
{
    private const string PlanFile = "campaign.json";
    private const string Pattern = "trials*.jsonl";

    private static readonly JsonSerializerOptions s_line = new(JsonSerializerDefaults.Web);
    private static readonly JsonSerializerOptions s_document = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Lock _sync = new();
    private readonly HashSet<TrialKey> _finished = [];
    private readonly FileStream _lock;
    private readonly FileStream _file;

    private TrialLog(string folder, string shardName)
    {
        string path = Path.Combine(folder, shardName);

        // A file of its own, because readers may look at the results at any time.
        _lock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        CutOffPartialLine(_file);
        foreach (TrialRecord record in ReadAll(folder))
        {
            _finished.Add(record.Key());
        }

        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Trials that were finished when the log was opened, or since.</summary>
    public IReadOnlySet<TrialKey> Finished => _finished;

    /// <summary>Opens the log of a new campaign or of one that goes on.</summary>
    /// <exception cref="HostException">The folder holds another campaign, or a run of the same shard writes to it now.</exception>
    public static TrialLog Open(string folder, CampaignPlan plan, int shard, int shards)
    {
        Directory.CreateDirectory(folder);
        string planFile = Path.Combine(folder, PlanFile);
        if (!File.Exists(planFile))
        {
            // Whole or not at all: another shard may look at it.
            string temporary = $"{planFile}.{Environment.ProcessId}";
            File.WriteAllText(temporary, JsonSerializer.Serialize(plan, s_document));
            File.Move(temporary, planFile, overwrite: true);
        }

        if (!ReadPlan(folder).IsSame(plan))
        {
            throw new HostException($"{folder} holds another campaign; give another --out, or the options of {PlanFile}");
        }

        try
        {
            return new TrialLog(folder, shards == 1 ? "trials.jsonl" : $"trials-{shard + 1}-of-{shards}.jsonl");
        }
        catch (IOException failure)
        {
            throw new HostException($"{folder} is in use: {failure.Message}");
        }
    }

    /// <summary>What the campaign in a folder consists of.</summary>
    public static CampaignPlan ReadPlan(string folder)
    {
        string path = Path.Combine(folder, PlanFile);
        if (!File.Exists(path))
        {
            throw new HostException($"{folder} holds no campaign: there is no {PlanFile}");
        }

        return JsonSerializer.Deserialize<CampaignPlan>(File.ReadAllText(path), s_document)
            ?? throw new HostException($"{path} is empty");
    }

    /// <summary>All finished trials in a folder, each once, whatever shards they come from.</summary>
    public static IReadOnlyList<TrialRecord> ReadAll(string folder)
    {
        Dictionary<TrialKey, TrialRecord> records = [];
        foreach (string path in Directory.EnumerateFiles(folder, Pattern))
        {
            using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            string[] lines = reader.ReadToEnd().Split('\n');

            // What follows the last line feed is a line that is being written, or that never was.
            foreach (string line in lines[..^1])
            {
                if (line.Length > 0 && JsonSerializer.Deserialize<TrialRecord>(line, s_line) is { } record)
                {
                    records.TryAdd(record.Key(), record);
                }
            }
        }

        return [.. records.Values];
    }

    /// <summary>Adds a finished trial. One that is there already is not counted twice.</summary>
    public void Add(TrialRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_sync)
        {
            if (!_finished.Add(record.Key()))
            {
                return;
            }

            _file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, s_line) + "\n"));
            _file.Flush(flushToDisk: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private static void CutOffPartialLine(FileStream file)
    {
        long length = file.Length;
        while (length > 0)
        {
            file.Seek(length - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n')
            {
                break;
            }

            length--;
        }

        file.SetLength(length);
    }
}
