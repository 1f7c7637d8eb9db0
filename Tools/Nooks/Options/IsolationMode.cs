namespace NooksOS.Tool.Options;

/// <summary>How the extensions run.</summary>
public enum IsolationMode
{
    /// <summary>Each in a protection domain.</summary>
    Domain,

    /// <summary>Without protection, as drivers do in an ordinary kernel.</summary>
    Direct,
}
