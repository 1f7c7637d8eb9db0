namespace NooksOS.Recovery.Shadows;

/// <summary>The connection blocks as one instance of the stack sees them.</summary>
public interface IConnectionWindow
{
    /// <summary>Shows the instance every block that is taken now or later. Returns where, or zero if memory is short.</summary>
    ulong Open();

    /// <summary>The instance sees none of them any more.</summary>
    void Close();
}
