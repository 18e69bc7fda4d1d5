using System.Security.Cryptography;

namespace CasePlanning.Application.Accounts;

/// <summary>What a client shows to get a token: a secret, or the signature of a key whose public half is kept here.</summary>
public abstract record ClientCredential
{
    private ClientCredential()
    {
    }

    /// <summary>Known to the client alone; kept here as a hash.</summary>
    public sealed record Secret(string Value) : ClientCredential
    {
        private const int Bytes = 32;

        /// <summary>A new one, that nobody guesses: whoever made it shows it once.</summary>
        public static Secret New() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)));

        public override string ToString() => nameof(Secret);
    }

    /// <summary>In PEM; <see cref="OfPem"/> has looked at it.</summary>
    public sealed record PublicKey : ClientCredential
    {
        private const int ShortestRsa = 2048;
        private const int ShortestEllipticCurve = 256;

        private PublicKey(string pem) => Pem = pem;

        public string Pem { get; }

        /// <exception cref="FormatException">It is no key that a client could use; the message says why.</exception>
        public static PublicKey OfPem(string pem)
        {
            if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
                throw new FormatException("This file holds a private key. Keep it where it is, and give the public half.");
            if (Rsa(pem) is { } rsa)
                return rsa >= ShortestRsa ? new PublicKey(pem) : throw new FormatException($"An RSA key must have {ShortestRsa} bits or more.");
            if (EllipticCurve(pem) is { } curve)
                return curve >= ShortestEllipticCurve ? new PublicKey(pem) : throw new FormatException($"An elliptic curve must have {ShortestEllipticCurve} bits or more.");
            throw new FormatException("This is no public key in PEM, of RSA or of an elliptic curve.");
        }

        private static int? Rsa(string pem)
        {
            using var key = RSA.Create();
            return Reads(() => key.ImportFromPem(pem)) ? key.KeySize : null;
        }

        private static int? EllipticCurve(string pem)
        {
            using var key = ECDsa.Create();
            return Reads(() => key.ImportFromPem(pem)) ? key.KeySize : null;
        }

        private static bool Reads(Action import)
        {
            try
            {
                import();
                return true;
            }
            catch (Exception unreadable) when (unreadable is ArgumentException or CryptographicException)
            {
                return false;
            }
        }
    }
}
