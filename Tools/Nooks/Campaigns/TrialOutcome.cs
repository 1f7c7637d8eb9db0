using System.Text.Json.Serialization;

namespace NooksOS.Tool.Campaigns;

/// <summary>What became of the faults of one trial, as the user of the extension and its kernel saw it. Best first.</summary>
[JsonConverter(typeof(TrialOutcomeConverter))]
public enum TrialOutcome
{
    /// <summary>No changed instruction was reached.</summary>
    NotActivated,

    /// <summary>One was reached, and nothing came of it.</summary>
    NoEffect,

    /// <summary>An extension failed and was restarted; its users did not notice.</summary>
    RecoveredUnseen,

    /// <summary>An extension failed and was restarted; its users had to wait.</summary>
    RecoveredPause,

    /// <summary>An extension failed and was restarted; a user saw an error and went on after another try.</summary>
    RecoveredError,

    /// <summary>The extension did not do its work any more, and only a reload by hand helped: the kernel did not notice.</summary>
    Undetected,

    /// <summary>A user got wrong data.</summary>
    WrongResult,

    /// <summary>The failure was noticed, but the extension was not brought back.</summary>
    GaveUp,

    /// <summary>The emulator itself crashed, each time that the faults were injected: what the kernel would have done nobody knows.</summary>
    EmulatorFailed,

    /// <summary>The kernel lives, but cannot prove that it is sound, or the system does not work after a reload.</summary>
    KernelDamage,

    /// <summary>The kernel panicked.</summary>
    KernelPanic,

    /// <summary>The kernel no longer answers.</summary>
    KernelHang,
}
