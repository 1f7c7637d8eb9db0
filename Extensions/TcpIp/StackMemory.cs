using System;
using System.Buffers.Binary;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// What the next instance of the stack needs from this one, in the store that outlives both: the lease, the neighbours, and a secret.
/// <para>
/// The instance that saved may have been about to crash, with its memory corrupted. So everything has a checksum, and what is read is
/// checked like a packet from a stranger. Values live on the stack here, because other threads may enter the domain during the call.
/// </para>
/// </summary>
internal sealed class StackMemory(IStateStore store)
{
    /// <summary>Key of the lease.</summary>
    public const uint LeaseKey = 1;

    /// <summary>Key of the neighbours.</summary>
    public const uint NeighborsKey = 2;

    /// <summary>How many neighbours are kept.</summary>
    public const int MaximumNeighbors = 64;

    /// <summary>Key of the secret in initial sequence numbers.</summary>
    public const uint SecretKey = 3;

    internal const int LeaseBytes = HeaderBytes + 56;

    private const uint LeaseMagic = 0x4C53_4531;
    private const uint NeighborsMagic = 0x4E42_5231;
    private const uint SecretMagic = 0x5345_4331;
    private const int SecretBytes = HeaderBytes + 16;
    private const int MagicOffset = 0;
    private const int ChecksumOffset = 4;
    private const int StationOffset = 8;
    private const int HeaderBytes = 16;
    private const int NeighborBytes = 12;

    /// <summary>Keeps a lease of a station.</summary>
    public void SaveLease(MacAddress station, in DhcpLease lease)
    {
        Span<byte> value = stackalloc byte[LeaseBytes];
        value.Clear();
        Span<byte> body = value[HeaderBytes..];
        BinaryPrimitives.WriteUInt32LittleEndian(body, lease.Address.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(body[4..], lease.SubnetMask);
        BinaryPrimitives.WriteUInt32LittleEndian(body[8..], lease.Gateway.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(body[12..], lease.NameServer.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(body[16..], lease.Server.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(body[20..], lease.LeaseSeconds);
        BinaryPrimitives.WriteInt64LittleEndian(body[24..], lease.RenewAt);
        BinaryPrimitives.WriteInt64LittleEndian(body[32..], lease.RebindAt);
        BinaryPrimitives.WriteInt64LittleEndian(body[40..], lease.ExpiresAt);
        Seal(value, LeaseMagic, station);

        // A store that refuses costs the next instance a round trip to the server, and nothing now.
        _ = store.Save(LeaseKey, value);
    }

    /// <summary>Reads the lease of a station. False if there is none that makes sense.</summary>
    public bool TryLoadLease(MacAddress station, out DhcpLease lease)
    {
        lease = default;
        Span<byte> value = stackalloc byte[LeaseBytes];
        if (!store.Load(LeaseKey, value).TryGet(out uint length)
            || length != LeaseBytes
            || !IsSealed(value, LeaseMagic, station))
        {
            return false;
        }

        ReadOnlySpan<byte> body = value[HeaderBytes..];
        lease = new DhcpLease
        {
            Address = new Ipv4Address(BinaryPrimitives.ReadUInt32LittleEndian(body)),
            SubnetMask = BinaryPrimitives.ReadUInt32LittleEndian(body[4..]),
            Gateway = new Ipv4Address(BinaryPrimitives.ReadUInt32LittleEndian(body[8..])),
            NameServer = new Ipv4Address(BinaryPrimitives.ReadUInt32LittleEndian(body[12..])),
            Server = new Ipv4Address(BinaryPrimitives.ReadUInt32LittleEndian(body[16..])),
            LeaseSeconds = BinaryPrimitives.ReadUInt32LittleEndian(body[20..]),
            RenewAt = BinaryPrimitives.ReadInt64LittleEndian(body[24..]),
            RebindAt = BinaryPrimitives.ReadInt64LittleEndian(body[32..]),
            ExpiresAt = BinaryPrimitives.ReadInt64LittleEndian(body[40..]),
        };
        return lease.LeaseSeconds != 0
            && lease.Server.IsHost
            && lease.RenewAt <= lease.RebindAt
            && lease.RebindAt <= lease.ExpiresAt
            && new RoutingTable().TryConfigure(lease.Address, lease.SubnetMask, lease.Gateway);
    }

    /// <summary>Forgets lease and neighbours.</summary>
    public void Forget()
    {
        _ = store.Remove(LeaseKey);
        _ = store.Remove(NeighborsKey);
    }

    /// <summary>Keeps the neighbours of a station.</summary>
    public void SaveNeighbors(MacAddress station, ReadOnlySpan<KnownNeighbor> neighbors)
    {
        Span<byte> value = stackalloc byte[HeaderBytes + (MaximumNeighbors * NeighborBytes)];
        value = value[..(HeaderBytes + (neighbors.Length * NeighborBytes))];
        value.Clear();
        for (int index = 0; index < neighbors.Length; index++)
        {
            Span<byte> body = value.Slice(HeaderBytes + (index * NeighborBytes), NeighborBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(body, neighbors[index].Address.Value);
            neighbors[index].Hardware.Write(body[4..]);
        }

        Seal(value, NeighborsMagic, station);
        _ = store.Save(NeighborsKey, value);
    }

    /// <summary>Reads the neighbours of a station. Returns how many; zero if what is there makes no sense.</summary>
    public int LoadNeighbors(MacAddress station, Span<KnownNeighbor> neighbors)
    {
        Span<byte> value = stackalloc byte[HeaderBytes + (MaximumNeighbors * NeighborBytes)];
        if (!store.Load(NeighborsKey, value).TryGet(out uint length)
            || length > value.Length
            || length < HeaderBytes
            || (length - HeaderBytes) % NeighborBytes != 0
            || !IsSealed(value[..(int)length], NeighborsMagic, station))
        {
            return 0;
        }

        int count = Math.Min(neighbors.Length, ((int)length - HeaderBytes) / NeighborBytes);
        for (int index = 0; index < count; index++)
        {
            ReadOnlySpan<byte> body = value.Slice(HeaderBytes + (index * NeighborBytes), NeighborBytes);
            neighbors[index] = new KnownNeighbor(
                new Ipv4Address(BinaryPrimitives.ReadUInt32LittleEndian(body)), MacAddress.Read(body[4..]));
        }

        return count;
    }

    /// <summary>
    /// The secret of this boot: that of the instance before, so that handshakes which it began can be completed; or else a new one.
    /// </summary>
    public SipHash KeepSecret(in SipHash fresh)
    {
        Span<byte> value = stackalloc byte[SecretBytes];
        if (store.Load(SecretKey, value).TryGet(out uint length) && length == SecretBytes && IsSealed(value, SecretMagic, default))
        {
            return new SipHash(
                BinaryPrimitives.ReadUInt64LittleEndian(value[HeaderBytes..]),
                BinaryPrimitives.ReadUInt64LittleEndian(value[(HeaderBytes + sizeof(ulong))..]));
        }

        value.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(value[HeaderBytes..], fresh.Key0);
        BinaryPrimitives.WriteUInt64LittleEndian(value[(HeaderBytes + sizeof(ulong))..], fresh.Key1);
        Seal(value, SecretMagic, default);
        _ = store.Save(SecretKey, value);
        return fresh;
    }

    private static void Seal(Span<byte> value, uint magic, MacAddress station)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(value[MagicOffset..], magic);
        station.Write(value[StationOffset..]);
        BinaryPrimitives.WriteUInt16BigEndian(value[ChecksumOffset..], InternetChecksum.Compute(value));
    }

    private static bool IsSealed(ReadOnlySpan<byte> value, uint magic, MacAddress station)
        => BinaryPrimitives.ReadUInt32LittleEndian(value[MagicOffset..]) == magic
            && MacAddress.Read(value[StationOffset..]) == station
            && InternetChecksum.Compute(value) == 0;
}
