using NooksOS.Drivers;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers;

public sealed class LostReceivers
{
    private readonly ReceiverWatch _watch = new();

    [Fact]
    public void AnAnnouncementWithoutAFrameIsOldNews()
    {
        for (int count = 0; count < 100; count++)
        {
            Assert.False(_watch.NoteSilence());
            Assert.False(_watch.NoteSilence());
            _watch.NoteFrames();
        }
    }

    [Fact]
    public void ManyInARowAreNot()
    {
        _watch.NoteSilence();
        _watch.NoteSilence();

        Assert.True(_watch.NoteSilence());
        Assert.False(_watch.NoteSilence());
    }
}
