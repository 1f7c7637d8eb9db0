namespace NooksOS.Recovery.Shadows;

/// <summary>An <see cref="IExchangeMemory"/> as one instance of the extension sees it.</summary>
public interface IExchangeView
{
    /// <summary>Shows it to the instance. False if memory is short.</summary>
    bool TryOpen();

    /// <summary>The instance sees it no longer. No thread is in it.</summary>
    void Close();
}
