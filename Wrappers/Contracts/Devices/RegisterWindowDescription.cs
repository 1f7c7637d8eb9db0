namespace NooksOS.Contracts;

/// <summary>A memory BAR mapped into the caller's domain.</summary>
public readonly record struct RegisterWindowDescription(Handle<TrackedObjects.RegisterWindow> Handle, ulong Address, uint LengthBytes);
