using System;
using System.Buffers.Binary;

namespace NooksOS.Tool.Links;

/// <summary>The answers of a DHCP server that has one address to give, to whoever asks (RFC 2131, RFC 2132).</summary>
public static class AddressLease
{
    /// <summary>Room for any answer.</summary>
    public const int MaximumBytes = 300;

    private const uint LeaseSeconds = 3600;
    private const uint SubnetMask = 0xFFFF_FF00;

    private const byte Request = 1;
    private const byte Reply = 2;
    private const byte Discover = 1;
    private const byte Offer = 2;
    private const byte Ask = 3;
    private const byte Acknowledge = 5;

    // RFC 2131 §2, figure 1; the fields in between are taken over from the question.
    private const int OperationOffset = 0;
    private const int YourAddressOffset = 16;
    private const int HeaderBytes = 236;
    private const uint Cookie = 0x6382_5363;
    private const int OptionsOffset = HeaderBytes + sizeof(uint);

    private const byte PadOption = 0;
    private const byte SubnetMaskOption = 1;
    private const byte RouterOption = 3;
    private const byte LeaseOption = 51;
    private const byte TypeOption = 53;
    private const byte ServerOption = 54;
    private const byte EndOption = 255;

    /// <summary>Answers a message of a client. False if it is none that is answered.</summary>
    /// <param name="message">What came to the server's port.</param>
    /// <param name="answer">Takes the answer; at least <see cref="MaximumBytes"/> long.</param>
    public static bool TryAnswer(ReadOnlySpan<byte> message, Span<byte> answer)
    {
        if (message.Length < OptionsOffset
            || message[OperationOffset] != Request
            || BinaryPrimitives.ReadUInt32BigEndian(message[HeaderBytes..]) != Cookie)
        {
            return false;
        }

        byte type = FindType(message[OptionsOffset..]);
        if (type is not (Discover or Ask))
        {
            return false;
        }

        answer[..MaximumBytes].Clear();
        message[..HeaderBytes].CopyTo(answer);
        answer[OperationOffset] = Reply;
        BinaryPrimitives.WriteUInt32BigEndian(answer[YourAddressOffset..], UserNetwork.GuestAddress);
        BinaryPrimitives.WriteUInt32BigEndian(answer[HeaderBytes..], Cookie);
        Span<byte> options = answer[OptionsOffset..];
        options[0] = TypeOption;
        options[1] = 1;
        options[2] = type == Discover ? Offer : Acknowledge;
        options = options[3..];
        Write(ref options, ServerOption, UserNetwork.GatewayAddress);
        Write(ref options, LeaseOption, LeaseSeconds);
        Write(ref options, SubnetMaskOption, SubnetMask);
        Write(ref options, RouterOption, UserNetwork.GatewayAddress);
        options[0] = EndOption;
        return true;
    }

    private static void Write(ref Span<byte> options, byte option, uint value)
    {
        options[0] = option;
        options[1] = sizeof(uint);
        BinaryPrimitives.WriteUInt32BigEndian(options[2..], value);
        options = options[(2 + sizeof(uint))..];
    }

    // Zero where there is no type.
    private static byte FindType(ReadOnlySpan<byte> options)
    {
        while (options.Length > 2 && options[0] != EndOption)
        {
            if (options[0] == PadOption)
            {
                options = options[1..];
                continue;
            }

            if (options[0] == TypeOption)
            {
                return options[2];
            }

            int length = 2 + options[1];
            if (length > options.Length)
            {
                break;
            }

            options = options[length..];
        }

        return 0;
    }
}
