using NooksOS.Extensions.TcpIp;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

public sealed class UnforeseeableNumbers
{
    [Fact]
    public void ASecretDoesNotFollowFromNumbersThatWereSent()
    {
        // Who has seen one output of splitmix64 can compute all others, before and after. The stack sends such numbers to anybody, as
        // identifiers, and the secret behind its sequence numbers came from the same sequence.
        RandomSequence sequence = new(12345);
        ulong secret = sequence.Next();
        ulong sent = sequence.Next();

        Assert.NotEqual(secret, Mix(Unmix(sent) - 0x9E37_79B9_7F4A_7C15));
        Assert.NotEqual(sequence.Next(), Mix(Unmix(sent) + 0x9E37_79B9_7F4A_7C15));
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }

    private static ulong Unmix(ulong value)
    {
        value ^= (value >> 31) ^ (value >> 62);
        value *= 0x3196_42B2_D24D_8EC3;
        value ^= (value >> 27) ^ (value >> 54);
        value *= 0x96DE_1B17_3F11_9089;
        return value ^ (value >> 30) ^ (value >> 60);
    }
}
