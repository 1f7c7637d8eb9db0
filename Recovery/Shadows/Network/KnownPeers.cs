using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Whom the stack has sent segments to lately, and as whom. To others it may have to be silent: their address may be nobody's, or it
/// waits for the station of the next hop (RFC 1122 §2.3.2). Of fixed size; who is heard of again takes the place of another.
/// </summary>
internal sealed class KnownPeers
{
    private const int PlacesLog2 = 6;
    private const uint Spread = 0x9E37_79B1;

    // Zero is nobody's address.
    private readonly uint[] _peers = new uint[1 << PlacesLog2];
    private MacAddress _station;
    private uint _address;

    /// <summary>The stack sends a packet in a frame.</summary>
    public void NoteSent(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> packet)
    {
        _station = MacAddress.Read(frame[MacAddress.Length..]);
        _address = AddressAt(packet, Ipv4Layout.SourceOffset);
        uint peer = AddressAt(packet, Ipv4Layout.DestinationOffset);
        _peers[PlaceOf(peer)] = peer;
    }

    /// <summary>Whether there is nothing to note of a packet that the stack sends.</summary>
    public bool Know(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> packet)
    {
        uint peer = AddressAt(packet, Ipv4Layout.DestinationOffset);
        return _peers[PlaceOf(peer)] == peer
            && AddressAt(packet, Ipv4Layout.SourceOffset) == _address
            && MacAddress.Read(frame[MacAddress.Length..]) == _station;
    }

    /// <summary>Whether a packet in a frame is from such a peer, to the station and the address by which the stack was heard last.</summary>
    public bool HaveSent(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> packet)
    {
        uint peer = AddressAt(packet, Ipv4Layout.SourceOffset);
        return peer != 0
            && _peers[PlaceOf(peer)] == peer
            && AddressAt(packet, Ipv4Layout.DestinationOffset) == _address
            && MacAddress.Read(frame) == _station
            && !MacAddress.Read(frame[MacAddress.Length..]).IsMulticast;
    }

    private static uint AddressAt(ReadOnlySpan<byte> packet, int offset) => BinaryPrimitives.ReadUInt32BigEndian(packet[offset..]);

    private static int PlaceOf(uint peer) => (int)((peer * Spread) >> (32 - PlacesLog2));
}
