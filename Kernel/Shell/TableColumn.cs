namespace NooksOS.Kernel.Shell;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading in text.</param>
/// <param name="Name">Its property name in JSON.</param>
public sealed record TableColumn(string Title, string Name);
