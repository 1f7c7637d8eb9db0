namespace NooksOS.Tool.Campaigns;

/// <summary>Which part of a campaign is run, and how.</summary>
/// <param name="Shard">Which shard, from zero.</param>
/// <param name="Shards">How many shards there are.</param>
/// <param name="Jobs">How many machines run at a time.</param>
/// <param name="Build">What is under test, as <see cref="BuildStamp"/> names it.</param>
internal sealed record CampaignRun(int Shard, int Shards, int Jobs, string Build);
