using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading;
using NooksOS.Tool.Building;
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
    private const string TurnFile = "plan.lock";
    private const int TurnPollMilliseconds = 5;

    // People read it, too: instructions in it have signs that a page would need written otherwise.
    private static readonly JsonSerializerOptions s_line = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions s_document = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Lock _sync = new();
    private readonly HashSet<TrialKey> _finished = [];
    private readonly FileStream _lock;
    private readonly FileStream? _file;
    private readonly WholeLines _lines;

    private TrialLog(string folder, string shardName)
    {
        string path = Path.Combine(folder, shardName);

        // A file of its own, because readers may look at the results at any time.
        _lock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            CutOffPartialLine(_file);
            foreach (TrialRecord record in ReadAll(folder))
            {
                _finished.Add(record.Key());
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        _lines = new WholeLines(_file);
    }

    /// <summary>Trials that were finished when the log was opened, or since.</summary>
    public IReadOnlySet<TrialKey> Finished => _finished;

    /// <summary>Opens the log of a new campaign or of one that goes on.</summary>
    /// <exception cref="HostException">The folder holds another campaign, or a run of the same shard writes to it now.</exception>
    public static TrialLog Open(string folder, CampaignPlan plan, int shard, int shards)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HostException($"{folder} cannot be made, and the results have to go somewhere; give another --out ({failure.Message})", failure);
        }

        string planFile = Path.Combine(folder, PlanFile);
        if (!File.Exists(planFile))
        {
            WritePlan(planFile, plan);
        }

        if (ReadPlan(folder).DifferenceFrom(plan) is { } difference)
        {
            throw new HostException($"{folder} holds another campaign, with {difference}; give another --out, or the options of {planFile}");
        }

        try
        {
            return new TrialLog(folder, shards == 1 ? "trials.jsonl" : $"trials-{shard + 1}-of-{shards}.jsonl");
        }
        catch (IOException failure) when (BuildLock.IsHeldBySomebodyElse(failure))
        {
            throw new HostException($"another run of this campaign writes to {folder}; wait until it ends, or end it", failure);
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

        return Parse<CampaignPlan>(File.ReadAllText(path), s_document) is { IsWhole: true } plan
            ? plan
            : throw new HostException($"{path} is damaged: it does not describe a campaign");
    }

    /// <summary>All finished trials in a folder, each once, whatever shards they come from.</summary>
    /// <exception cref="HostException">One of them is not of the campaign in the folder.</exception>
    public static IReadOnlyList<TrialRecord> ReadAll(string folder)
    {
        CampaignPlan plan = ReadPlan(folder);
        Dictionary<TrialKey, TrialRecord> records = [];

        // In one order: of a trial that is in two files the same line counts each time.
        foreach (string path in Directory.EnumerateFiles(folder, Pattern).Order(StringComparer.Ordinal))
        {
            using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            string[] lines = reader.ReadToEnd().Split('\n');

            // What follows the last line feed is a line that is being written, or that never was.
            for (int index = 0; index < lines.Length - 1; index++)
            {
                if (lines[index].Length > 0)
                {
                    TrialRecord record = Parse<TrialRecord>(lines[index], s_line)
                        ?? throw new HostException($"{path} is damaged: line {index + 1} is no trial; without that line its trial is run again");
                    if (!plan.Contains(record))
                    {
                        throw new HostException(
                            $"{path}: line {index + 1} is no trial of the campaign that {PlanFile} describes; results of several campaigns belong into folders of their own");
                    }

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
            if (!_finished.Contains(record.Key()))
            {
                _lines.Add(JsonSerializer.Serialize(record, s_line));
                _finished.Add(record.Key());
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _lock.Dispose();
    }

    // Whole or not at all, and by the first of several that begin at once: the others then read what it is.
    private static void WritePlan(string planFile, CampaignPlan plan)
    {
        // One at a time: a file is moved to where there is none by looking first, and another one may come in between.
        using FileStream turn = TakeTurn(Path.Combine(Path.GetDirectoryName(planFile)!, TurnFile));
        if (File.Exists(planFile))
        {
            return;
        }

        string temporary = $"{planFile}.{Guid.NewGuid():N}";
        try
        {
            using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                JsonSerializer.Serialize(file, plan, s_document);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, planFile, overwrite: false);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static FileStream TakeTurn(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException failure) when (BuildLock.IsHeldBySomebodyElse(failure))
            {
                Thread.Sleep(TurnPollMilliseconds);
            }
        }
    }

    // Null where it is not what it should be.
    private static T? Parse<T>(string json, JsonSerializerOptions options)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, options);
        }
        catch (JsonException)
        {
            return null;
        }
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
