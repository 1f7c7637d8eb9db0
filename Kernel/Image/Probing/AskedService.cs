using NooksOS.Recovery;

namespace NooksOS.Image.Probing;

/// <summary>A probe, and what is known of the one whom it asks.</summary>
/// <param name="probe">The probe.</param>
internal sealed class AskedService(IProbe probe)
{
    private uint _instance;

    /// <summary>What is asked.</summary>
    public IProbe Probe { get; } = probe;

    /// <summary>How long an answer is waited for.</summary>
    public AnswerPatience Patience { get; } = new();

    /// <summary>Whom it speaks against if there is none.</summary>
    public ProbeSuspicion Suspicion { get; } = new();

    /// <summary>Says which instance is asked next.</summary>
    public void Meet(uint instance)
    {
        if (instance != _instance)
        {
            _instance = instance;
            Patience.Forget();
        }
    }
}
