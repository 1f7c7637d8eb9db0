namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>What of a request is still of interest when its head is gone.</summary>
/// <param name="IsVersion11">Whether the client speaks HTTP/1.1.</param>
/// <param name="IsPersistent">Whether the connection stays.</param>
/// <param name="OmitsContent">Whether the method was HEAD: everything but the content is sent.</param>
internal readonly record struct RequestTraits(bool IsVersion11, bool IsPersistent, bool OmitsContent)
{
    /// <summary>What holds when nothing is known: the connection does not stay.</summary>
    public static RequestTraits Unknown => new(true, false, false);
}
