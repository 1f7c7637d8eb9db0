using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>DNS messages (RFC 1035 §4): a question for an address, and what answers it.</summary>
internal static class DnsMessage
{
    /// <summary>Port of servers.</summary>
    public const ushort ServerPort = 53;

    /// <summary>The longest question.</summary>
    public const int MaximumQuestionBytes = HeaderBytes + DnsName.MaximumBytes + QuestionTailBytes;

    internal const int IdentifierOffset = 0;
    internal const int FlagsOffset = 2;
    internal const int QuestionsOffset = 4;
    internal const int AnswersOffset = 6;
    internal const int HeaderBytes = 12;

    private const int QuestionTailBytes = 4;
    private const int RecordTailBytes = 10;
    private const int RecordClassOffset = 2;
    private const int RecordLengthOffset = 8;
    private const ushort ResponseBit = 0x8000;
    private const ushort OperationBits = 0x7800;
    private const ushort RecursionDesiredBit = 0x0100;
    private const ushort OutcomeBits = 0x000F;
    private const ushort OutcomeOk = 0;
    private const ushort OutcomeNoSuchName = 3;
    private const ushort TypeAddress = 1;
    private const ushort TypeCanonicalName = 5;
    private const ushort ClassInternet = 1;

    // Names that stand for each other: more than a few are a loop (RFC 1034 §3.6.2).
    private const int MaximumAliases = 8;

    /// <summary>Writes a question for the address of a name. Returns its length.</summary>
    public static int WriteQuestion(Span<byte> message, ushort identifier, ReadOnlySpan<byte> name)
    {
        message[..HeaderBytes].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(message[IdentifierOffset..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(message[FlagsOffset..], RecursionDesiredBit);
        BinaryPrimitives.WriteUInt16BigEndian(message[QuestionsOffset..], 1);
        name.CopyTo(message[HeaderBytes..]);
        Span<byte> tail = message[(HeaderBytes + name.Length)..];
        BinaryPrimitives.WriteUInt16BigEndian(tail, TypeAddress);
        BinaryPrimitives.WriteUInt16BigEndian(tail[sizeof(ushort)..], ClassInternet);
        return HeaderBytes + name.Length + QuestionTailBytes;
    }

    /// <summary>Reads an answer to that question. RFC 5452 §9.1: the question must be in it again.</summary>
    public static DnsAnswer ReadAnswer(
        ReadOnlySpan<byte> message, ushort identifier, ReadOnlySpan<byte> name, out Ipv4Address address)
    {
        address = Ipv4Address.None;
        int offset = HeaderBytes;
        if (message.Length < HeaderBytes
            || BinaryPrimitives.ReadUInt16BigEndian(message[IdentifierOffset..]) != identifier
            || BinaryPrimitives.ReadUInt16BigEndian(message[QuestionsOffset..]) != 1
            || !TryMatchQuestion(message, ref offset, name))
        {
            return DnsAnswer.NotAnAnswer;
        }

        ushort flags = BinaryPrimitives.ReadUInt16BigEndian(message[FlagsOffset..]);
        return (flags & (ResponseBit | OperationBits)) != ResponseBit ? DnsAnswer.NotAnAnswer
            : (flags & OutcomeBits) == OutcomeNoSuchName ? DnsAnswer.NoSuchName
            : (flags & OutcomeBits) != OutcomeOk ? DnsAnswer.ServerFailed
            : FollowAliases(message, offset, name, out address);
    }

    private static bool TryMatchQuestion(ReadOnlySpan<byte> message, ref int offset, ReadOnlySpan<byte> name)
    {
        Span<byte> asked = stackalloc byte[DnsName.MaximumBytes];
        if (!DnsName.TryRead(message, ref offset, asked, out int length)
            || !asked[..length].SequenceEqual(name)
            || message.Length - offset < QuestionTailBytes)
        {
            return false;
        }

        ushort type = BinaryPrimitives.ReadUInt16BigEndian(message[offset..]);
        ushort kind = BinaryPrimitives.ReadUInt16BigEndian(message[(offset + sizeof(ushort))..]);
        offset += QuestionTailBytes;
        return type == TypeAddress && kind == ClassInternet;
    }

    private static DnsAnswer FollowAliases(
        ReadOnlySpan<byte> message, int firstRecord, ReadOnlySpan<byte> name, out Ipv4Address address)
    {
        Span<byte> wanted = stackalloc byte[DnsName.MaximumBytes];
        name.CopyTo(wanted);
        int wantedLength = name.Length;
        for (int aliases = 0; aliases <= MaximumAliases; aliases++)
        {
            DnsAnswer answer = FindRecord(message, firstRecord, wanted, ref wantedLength, out address, out bool isAlias);
            if (!isAlias)
            {
                return answer;
            }
        }

        address = Ipv4Address.None;
        return DnsAnswer.NotAnAnswer;
    }

    // Finds the record of a name. If that is another name, it takes its place.
    private static DnsAnswer FindRecord(
        ReadOnlySpan<byte> message,
        int offset,
        Span<byte> wanted,
        ref int wantedLength,
        out Ipv4Address address,
        out bool isAlias)
    {
        Span<byte> owner = stackalloc byte[DnsName.MaximumBytes];
        address = Ipv4Address.None;
        isAlias = false;
        for (int left = BinaryPrimitives.ReadUInt16BigEndian(message[AnswersOffset..]); left > 0; left--)
        {
            if (!DnsName.TryRead(message, ref offset, owner, out int ownerLength) || message.Length - offset < RecordTailBytes)
            {
                return DnsAnswer.NotAnAnswer;
            }

            ReadOnlySpan<byte> tail = message[offset..];
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(tail);
            ushort kind = BinaryPrimitives.ReadUInt16BigEndian(tail[RecordClassOffset..]);
            int dataLength = BinaryPrimitives.ReadUInt16BigEndian(tail[RecordLengthOffset..]);
            int data = offset + RecordTailBytes;
            offset = data + dataLength;
            if (offset > message.Length)
            {
                return DnsAnswer.NotAnAnswer;
            }

            bool isWanted = kind == ClassInternet && owner[..ownerLength].SequenceEqual(wanted[..wantedLength]);
            if (isWanted && type == TypeAddress && dataLength == Ipv4Address.Length)
            {
                address = new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(message[data..]));
                return DnsAnswer.Address;
            }

            if (isWanted && type == TypeCanonicalName)
            {
                isAlias = DnsName.TryRead(message, ref data, wanted, out wantedLength);
                return DnsAnswer.NotAnAnswer;
            }
        }

        return DnsAnswer.NoSuchName;
    }
}
