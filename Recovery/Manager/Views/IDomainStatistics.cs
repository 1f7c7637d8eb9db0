namespace NooksOS.Recovery;

/// <summary>What the isolation layer counts for each domain, for the <c>domains</c> command.</summary>
public interface IDomainStatistics
{
    /// <summary>Reads the counts of a domain.</summary>
    DomainCounts Read(uint domainId);
}
