using System.Text.Json;
using System.Text.Json.Serialization;

namespace NooksOS.Tool.Campaigns;

/// <summary>Writes outcomes as in <c>recovered-unseen</c>.</summary>
public sealed class TrialOutcomeConverter() : JsonStringEnumConverter<TrialOutcome>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
