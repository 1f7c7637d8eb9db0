namespace NooksOS.Kernel.Bus;

/// <summary>The emulator's configuration device: select an item, then read its bytes one after the other.</summary>
public interface IFirmwareConfigurationPort
{
    /// <summary>Selects an item and goes to its first byte.</summary>
    void Select(ushort key);

    /// <summary>Reads the next byte; zero after the last.</summary>
    byte ReadNext();
}
