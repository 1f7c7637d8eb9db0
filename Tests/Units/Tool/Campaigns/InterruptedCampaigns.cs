using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Campaigns;
using NooksOS.Tool.Host;
using Xunit;

namespace NooksOS.Tests.Units.Tool.Campaigns;

public sealed class InterruptedCampaigns : IDisposable
{
    private static readonly CampaignConfiguration s_ring3 = new("domain", "ring3");

    private static readonly CampaignPlan s_plan = new()
    {
        Extensions = ["e1000", "tcpip"],
        Types = ["text", "pointer"],
        Configurations = [s_ring3, CampaignConfiguration.Direct],
        Trials = 10,
        FaultsPerTrial = 5,
        Seed = 7,
        Nic = "e1000",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AFinishedTrialIsThereAfterAReopen()
    {
        using (TrialLog log = Open())
        {
            log.Add(Record(3));
        }

        using TrialLog again = Open();
        Assert.Equal(Record(3).Key(), Assert.Single(again.Finished));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void ALineThatWasCutOffIsRunAgain(int missingBytes)
    {
        using (TrialLog log = Open())
        {
            log.Add(Record(1));
            log.Add(Record(2));
        }

        string path = Path.Combine(_folder, "trials.jsonl");
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(file.Length - missingBytes);
        }

        using (TrialLog log = Open())
        {
            Assert.Equal([1], log.Finished.Select(key => key.Trial));
            log.Add(Record(2));
        }

        Assert.Equal([1, 2], TrialLog.ReadAll(_folder).Select(record => record.Trial));
    }

    [Fact]
    public void ALineThatTheDiskHadNoRoomForIsNoPartOfTheNext()
    {
        using FullDisk file = new() { RoomBytes = 10 };
        WholeLines lines = new(file);
        lines.Add("first");
        Assert.Throws<IOException>(() => lines.Add("another"));
        file.RoomBytes = 100;
        lines.Add("last");
        Assert.Equal("first\nlast\n", Encoding.UTF8.GetString(file.ToArray()));
    }

    [Theory]
    [InlineData("{\"trial\":1,{\"trial\":2}")]
    [InlineData("null")]
    public void ALineThatIsNoTrialIsNamed(string line)
    {
        Open().Dispose();
        File.WriteAllText(Path.Combine(_folder, "trials.jsonl"), $"\n{line}\n");
        Assert.Contains("line 2 is no trial", Assert.Throws<HostException>(() => TrialLog.ReadAll(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"extensions\": [")]
    [InlineData("{}")]
    [InlineData("{ \"extensions\": null, \"trials\": 10 }")]
    [InlineData("")]
    public void ADamagedPlanIsNamed(string text)
    {
        Open().Dispose();
        string plan = Path.Combine(_folder, "campaign.json");
        File.WriteAllText(plan, text);
        Assert.Contains($"{plan} is damaged", Assert.Throws<HostException>(() => TrialLog.ReadPlan(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATrialIsNotCountedTwice()
    {
        using TrialLog log = Open();
        log.Add(Record(1));
        log.Add(Record(1));
        Assert.Single(TrialLog.ReadAll(_folder));
        Assert.Single(File.ReadAllLines(Path.Combine(_folder, "trials.jsonl")));
    }

    [Fact]
    public void AnotherCampaignDoesNotGoOnInItsFolder()
    {
        Open().Dispose();
        Assert.Throws<HostException>(() => TrialLog.Open(_folder, s_plan with { Seed = 8 }, 0, 1));
    }

    [Fact]
    public void WhatIsOtherwiseInAnotherCampaignIsSaid()
    {
        Open().Dispose();
        (CampaignPlan Plan, string Difference)[] others =
        [
            (s_plan with { Seed = 8 }, "--seed 7 and not 8"),
            (s_plan with { Trials = 20 }, "--trials 10 and not 20"),
            (s_plan with { FaultsPerTrial = 1 }, "--faults-per-trial 5 and not 1"),
            (s_plan with { Extensions = ["e1000"] }, "--extension e1000 tcpip and not e1000"),
            (s_plan with { Types = ["text"] }, "--types text,pointer and not text"),
            (s_plan with { Configurations = [s_ring3] }, "--mode and --protection for ring3,direct and not ring3"),
            (s_plan with { Nic = "pcnet" }, "--nic e1000 and not pcnet"),
        ];
        foreach ((CampaignPlan plan, string difference) in others)
        {
            Assert.Contains(difference, Assert.Throws<HostException>(() => TrialLog.Open(_folder, plan, 0, 1)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void OfTwoCampaignsThatBeginInOneFolderAtOnceOneGoesOn()
    {
        const int Rounds = 50;
        CampaignPlan[] plans = [.. Enumerable.Range(0, 8).Select(seed => s_plan with { Seed = seed })];
        for (int round = 0; round < Rounds; round++)
        {
            string folder = Path.Combine(_folder, $"{round}");
            int opened = 0;
            using Barrier start = new(plans.Length);
            Thread[] threads = [.. plans.Select(plan => new Thread(() => Open(folder, plan, start, ref opened)))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.Equal(1, opened);
            Assert.Equal(["campaign.json"], Directory.EnumerateFiles(folder, "campaign*").Select(Path.GetFileName));
        }

        void Open(string folder, CampaignPlan plan, Barrier start, ref int opened)
        {
            start.SignalAndWait();
            try
            {
                // Shards of their own: no lock keeps them apart.
                TrialLog.Open(folder, plan, (int)plan.Seed, plans.Length).Dispose();
                Interlocked.Increment(ref opened);
            }
            catch (HostException)
            {
                // Another one was first.
            }
        }
    }

    [Fact]
    public void TrialsOfAnotherCampaignAreNotCounted()
    {
        Open().Dispose();
        using (TrialLog log = TrialLog.Open(Path.Combine(_folder, "another"), s_plan with { Seed = 8 }, 0, 2))
        {
            log.Add(Record(1) with { Seed = new TrialKey("e1000", s_ring3, 1).SeedFor(8) });
        }

        File.Copy(Path.Combine(_folder, "another", "trials-1-of-2.jsonl"), Path.Combine(_folder, "trials-1-of-2.jsonl"));
        string message = Assert.Throws<HostException>(() => TrialLog.ReadAll(_folder)).Message;
        Assert.Contains("trials-1-of-2.jsonl: line 1 is no trial of the campaign", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALogThatCannotBeReadIsLetGoOf()
    {
        Open().Dispose();
        string file = Path.Combine(_folder, "trials.jsonl");
        File.WriteAllText(file, "garbage\n");
        Assert.Contains("is damaged", Assert.Throws<HostException>(Open).Message, StringComparison.Ordinal);
        File.Delete(file);
        Open().Dispose();
    }

    [Fact]
    public void TwoRunsDoNotWriteToOneLog()
    {
        using TrialLog log = Open();
        Assert.Throws<HostException>(Open);
    }

    [Fact]
    public void ShardsAreRunApartAndReadTogether()
    {
        TrialKey[] all = [.. s_plan.Keys(0, 1)];
        TrialKey[] parts = [.. Enumerable.Range(0, 3).SelectMany(shard => s_plan.Keys(shard, 3))];
        Assert.Equal(all.Length, parts.Length);
        Assert.Equal(all.ToHashSet(), parts.ToHashSet());
        for (int shard = 0; shard < 2; shard++)
        {
            using TrialLog log = TrialLog.Open(_folder, s_plan, shard, 2);
            log.Add(Record(shard));
        }

        Assert.Equal([0, 1], TrialLog.ReadAll(_folder).Select(record => record.Trial).Order());
    }

    [Fact]
    public void TheSameTrialHasTheSameFaultsUnderEveryProtection()
    {
        TrialKey key = new("e1000", s_ring3, 4);
        Assert.Equal(key.SeedFor(7), (key with { Configuration = CampaignConfiguration.Direct }).SeedFor(7));
        Assert.NotEqual(key.SeedFor(7), key.SeedFor(8));
        Assert.NotEqual(key.SeedFor(7), (key with { Trial = 5 }).SeedFor(7));
        Assert.NotEqual(key.SeedFor(7), (key with { Extension = "tcpip" }).SeedFor(7));

        // A seed is written down with its results: it must not change with the tool.
        Assert.Equal(6060270819927950852, key.SeedFor(7));
    }

    [Fact]
    public void EveryTypeHasAnEqualShare()
        => Assert.Equal([20, 20], s_plan.Keys(0, 1).GroupBy(s_plan.TypeOf).Select(group => group.Count()));

    private static TrialRecord Record(int trial)
    {
        TrialKey key = new("e1000", s_ring3, trial);
        return new TrialRecord
        {
            Extension = key.Extension,
            Mode = s_ring3.Mode,
            Protection = s_ring3.Protection,
            Trial = trial,
            Seed = key.SeedFor(s_plan.Seed),
            Type = s_plan.TypeOf(key),
            Outcome = TrialOutcome.RecoveredUnseen,
        };
    }

    private TrialLog Open() => TrialLog.Open(_folder, s_plan, 0, 1);

    /// <summary>Takes what there is room for before it refuses the rest.</summary>
    private sealed class FullDisk : MemoryStream
    {
        public int RoomBytes { get; set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            int taken = (int)Math.Min(count, RoomBytes - Position);
            base.Write(buffer, offset, taken);
            if (taken < count)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
