using NooksOS.Contracts;
using NooksOS.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class PolicyWords
{
    [Theory]
    [InlineData("", "restart initial=0 maximum=0 faults=0 window=10000")]
    [InlineData("give-up", "give-up initial=0 maximum=0 faults=0 window=10000")]
    [InlineData("delay initial=100", "delay initial=100 maximum=3200 faults=0 window=10000")]
    [InlineData("initial=10 maximum=50 faults=3 window=1000", "restart initial=10 maximum=50 faults=3 window=1000")]
    [InlineData("initial=4000000000", "restart initial=4000000000 maximum=4294967295 faults=0 window=10000")]
    public void WhatIsSaidIsSetAndTheRestStays(string words, string expected)
    {
        RecoveryPolicyParameters policy = RecoveryPolicy.Default;

        Assert.Null(PolicySyntax.TryApply(Split(words), ref policy));
        Assert.Equal(expected, PolicySyntax.Format(policy));
        RecoveryPolicyParameters again = RecoveryPolicy.Default;
        Assert.Null(PolicySyntax.TryApply(Split(PolicySyntax.Format(policy)), ref again));
        Assert.Equal(policy, again);
    }

    [Theory]
    [InlineData("fly", "fly is not one of")]
    [InlineData("speed=3", "speed is not one of")]
    [InlineData("initial=", "initial must be a number")]
    [InlineData("initial=-1", "initial must be a number")]
    [InlineData("faults=64", "faults must be less than 64")]
    [InlineData("initial=10 maximum=5", "maximum must not be less than initial")]
    [InlineData("replace", "no replacement image")]
    public void WhatMakesNoSenseIsRefusedAndNothingChanges(string words, string error)
    {
        RecoveryPolicyParameters policy = RecoveryPolicy.Default;

        Assert.StartsWith(error, PolicySyntax.TryApply(Split(words), ref policy));
        Assert.Equal(RecoveryPolicy.Default, policy);
    }

    private static string[] Split(string words) => words.Split(' ', System.StringSplitOptions.RemoveEmptyEntries);
}
