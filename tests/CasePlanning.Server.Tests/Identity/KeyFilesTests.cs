using System.Xml.Linq;
using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.DataProtection.Repositories;
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
