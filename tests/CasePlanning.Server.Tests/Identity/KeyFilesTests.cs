using System.Xml.Linq;
using CasePlanning.Application;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

public sealed class KeyFilesTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("caseplanning-keys-").FullName;

    private string Keys => Path.Combine(directory, "keys");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Nothing_is_there_before_a_key_is_asked_for()
    {
        _ = new KeyFiles(Keys);

        Assert.False(Directory.Exists(Keys));
    }

    [Fact]
    public void A_key_is_made_once_and_read_ever_after()
    {
        var first = new KeyFiles(Keys).Signing().Rsa.ExportParameters(true);
        var second = new KeyFiles(Keys).Signing().Rsa.ExportParameters(true);

        Assert.Equal(first.D, second.D);
        Assert.Equal(new KeyFiles(Keys).Encryption().Key, new KeyFiles(Keys).Encryption().Key);
    }

    [Fact]
    public void Where_none_are_made_a_missing_key_is_named()
    {
        var keys = new KeyFiles(Keys, makesMissing: false);

        Assert.Contains("signing.pem", Assert.Throws<StartRefused>(keys.ReadAll).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Keys));
    }

    [Fact]
    public void Under_a_certificate_a_key_can_be_read_with_it_alone()
    {
        var made = new KeyFiles(Keys, Certificate("one")).Encryption().Key;
        var file = Path.Combine(Keys, "encryption.key");

        Assert.StartsWith("-----BEGIN CMS-----", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(made, new KeyFiles(Keys, Certificate("one"), makesMissing: false).Encryption().Key);
        Assert.Throws<StartRefused>(() => new KeyFiles(Keys, Certificate("another")).Encryption());
        Assert.Throws<StartRefused>(() => new KeyFiles(Keys).Encryption());
    }

    [Fact]
    public void A_key_from_before_there_was_a_certificate_is_refused_and_then_kept_under_it()
    {
        var made = new KeyFiles(Keys).Encryption().Key;

        Assert.Throws<StartRefused>(() => new KeyFiles(Keys, Certificate("one"), makesMissing: false).Encryption());
        Assert.Equal(made, new KeyFiles(Keys, Certificate("one")).Encryption().Key);
        Assert.Equal(made, new KeyFiles(Keys, Certificate("one"), makesMissing: false).Encryption().Key);
    }

    [Fact]
    public void Two_that_start_at_once_end_with_one_key()
    {
        for (var round = 0; round < 20; round++)
        {
            var place = Path.Combine(Keys, $"{round}");
            var seen = new byte[16][];
            using var start = new Barrier(seen.Length);
            var threads = Enumerable.Range(0, seen.Length).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                seen[i] = new KeyFiles(place).Encryption().Key;
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());

            Assert.All(seen, key => Assert.Equal(seen[0], key));
            Assert.Equal([".lock", "encryption.key"], Directory.GetFiles(place).Select(Path.GetFileName).Order());
        }
    }

    [Fact]
    public void What_protects_cookies_is_kept_here_too()
    {
        IXmlRepository keys = new KeyFiles(Keys);
        Assert.Empty(keys.GetAllElements());

        keys.StoreElement(new XElement("key", "one"), "key-1");

        Assert.Equal("one", Assert.Single(keys.GetAllElements()).Value);
    }

    [Fact]
    public async Task Where_real_people_are_served_what_protects_cookies_is_kept_under_the_certificate_too()
    {
        await using var host = new PlanningHost { Environment = "Production" };
        using var visitor = host.Visit("https://localhost");
        await visitor.Get("/sign-in");

        var made = Directory.GetFiles(Path.Combine(host.DataDirectory, "keys"), "key-*.xml");
        Assert.NotEmpty(made);
        Assert.All(made, file =>
        {
            var key = XElement.Load(file);
            Assert.Contains("EncryptedXmlDecryptor", Assert.Single(key.Descendants(), e => e.Name.LocalName == "encryptedSecret").Attribute("decryptorType")!.Value, StringComparison.Ordinal);
            Assert.Empty(key.Descendants("masterKey"));
        });
    }

    [Fact]
    public void What_protects_cookies_and_is_not_kept_under_it_is_refused()
    {
        new KeyFiles(Keys, Certificate("one")).ReadAll();
        IXmlRepository keys = new KeyFiles(Keys, Certificate("one"), makesMissing: false);
        keys.StoreElement(XElement.Parse("<key><descriptor><descriptor><masterKey><value>c2VjcmV0</value></masterKey></descriptor></descriptor></key>"), "key-1");

        Assert.Contains("key-1.xml", Assert.Throws<StartRefused>(new KeyFiles(Keys, Certificate("one"), makesMissing: false).ReadAll).Message, StringComparison.Ordinal);
    }

    private KeyCertificate Certificate(string name)
    {
        var file = Path.Combine(directory, $"{name}.pem");
        if (!File.Exists(file))
            File.WriteAllText(file, ProductionSettings.NewCertificate(name));
        return KeyCertificate.Of(new ConfigurationBuilder().AddInMemoryCollection([new(KeyCertificate.Setting, file)]).Build(), isNeeded: true)!;
    }

    [Fact]
    public void Nobody_else_may_read_them()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes; there the directory's own access list holds.");
            return;
        }

        var keys = new KeyFiles(Keys);
        keys.Signing();
        keys.Encryption();
        ((IXmlRepository)keys).StoreElement(new XElement("key"), "key-1");

        foreach (var file in Directory.GetFiles(Keys))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Keys));
    }
}
