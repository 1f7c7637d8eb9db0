namespace NooksOS.Contracts;

/// <summary>How a <see cref="BlockRequest"/> ended.</summary>
public enum BlockResult : uint
{
    /// <summary>It was carried out.</summary>
    Done = 0,

    /// <summary>The device says that it cannot: the sectors cannot be read, or not be written.</summary>
    DeviceError = 1,

    /// <summary>The device did not answer in time and was reset.</summary>
    TimedOut = 2,

    /// <summary>It was ended without being judged, because the device was reset for the sake of another one: it may be repeated.</summary>
    Aborted = 3,

    /// <summary>The device does not take such a request: no such sectors, or it is read-only.</summary>
    Refused = 4,
}
