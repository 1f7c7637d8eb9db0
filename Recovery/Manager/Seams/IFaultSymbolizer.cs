namespace NooksOS.Recovery;

/// <summary>Says which function and line an address of an extension belongs to.</summary>
public interface IFaultSymbolizer
{
    /// <summary>
    /// Looks an address up. Asked when a record is shown, not while recovering: reading symbols takes longer than a restart.
    /// </summary>
    CodeLocation Locate(string imageName, uint domainId, ulong address);
}
