using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CasePlanning.Server.Identity;

/// <summary>The six digits of an authenticator app (RFC 6238: SHA-1, 30 seconds). Identity's own would take a code twice.</summary>
internal static class Totp
{
    private const int Period = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new secret of 160 bits, in the form in which apps take it.</summary>
    public static string NewSecret() => new([.. RandomNumberGenerator.GetBytes(32).Select(b => Base32[b % 32])]);

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / Period;

    public static string CodeAt(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        // RFC 6238 says SHA-1, and so do the apps; as HMAC it is not affected by collisions.
#pragma warning disable CA5350
        var hash = HMACSHA1.HashData(Bytes(secret), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The time step of the code, if it is right now or was a moment ago, and is newer than the last that was taken.</summary>
    public static long? StepOf(string code, string secret, long lastStep, DateTimeOffset now)
    {
        var current = StepAt(now);
        for (var step = current - 1; step <= current + 1; step++)
        {
            var isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(secret, step)), Encoding.UTF8.GetBytes(code));
            if (isRight && step > lastStep)
                return step;
        }

        return null;
    }

    private static byte[] Bytes(string secret)
    {
        var bytes = new List<byte>();
        var (bits, held) = (0, 0);
        foreach (var letter in secret)
        {
            bits = (bits << 5) | Base32.IndexOf(letter, StringComparison.Ordinal);
            held += 5;
            if (held < 8)
                continue;
            held -= 8;
            bytes.Add((byte)(bits >> held));
            bits &= (1 << held) - 1;
        }

        return [.. bytes];
    }
}
