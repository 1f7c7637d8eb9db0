using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The link of a device whose driver may be restarted. A restart takes the physical link down for as long as the two ends
/// negotiate; users are not told of that unless it lasts. The owner guards it.
/// </summary>
internal sealed class DriverLink(long graceNanoseconds)
{
    private const long NoGrace = long.MinValue;

    private long _graceEndNanoseconds = NoGrace;

    /// <summary>The link as users are to see it.</summary>
    public LinkState Visible { get; private set; }

    /// <summary>The link as the driver said last.</summary>
    public LinkState Actual { get; private set; }

    /// <summary>A fresh instance of the driver has read the link.</summary>
    public void Restarted(LinkState link, long nowNanoseconds)
    {
        Actual = link;
        if (link.IsUp || !Visible.IsUp)
        {
            Visible = link;
            return;
        }

        _graceEndNanoseconds = nowNanoseconds + graceNanoseconds;
    }

    /// <summary>The driver says that the link changed.</summary>
    public void Changed(LinkState link)
    {
        Actual = link;
        if (link.IsUp || _graceEndNanoseconds == NoGrace)
        {
            Visible = link;
            _graceEndNanoseconds = NoGrace;
        }
    }

    /// <summary>Time has passed.</summary>
    public void Tick(long nowNanoseconds)
    {
        if (_graceEndNanoseconds != NoGrace && nowNanoseconds >= _graceEndNanoseconds)
        {
            _graceEndNanoseconds = NoGrace;
            Visible = Actual;
        }
    }

    /// <summary>There is another device, or none.</summary>
    public void Forget()
    {
        Visible = default;
        Actual = default;
        _graceEndNanoseconds = NoGrace;
    }
}
