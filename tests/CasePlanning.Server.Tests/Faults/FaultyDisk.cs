using System.ComponentModel;
using System.Diagnostics;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Faults;

/// <summary>
/// A disk under a server's database whose power can be cut, and which can become read-only: <c>disk.c</c>, compiled here and
/// loaded into the server's process before anything else.
/// </summary>
internal sealed class FaultyDisk : IDisposable
{
    private static readonly Lazy<Task<string?>> Library = new(Compile);

    private readonly string library;
    private readonly string home = Directory.CreateTempSubdirectory("caseplanning-disk-").FullName;

    private FaultyDisk(string library) => this.library = library;

    /// <summary>It says that the log is synced, and it is not: the disk by which the test is seen to find something.</summary>
    public bool Forgets { get; init; }

    /// <summary>What the disk would hold if its power were cut now.</summary>
    private string Shadow => Path.Combine(home, "shadow");

    private string Switch => Path.Combine(home, "read-only");

    public static async Task<FaultyDisk> New(bool forgets = false)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The disk is made for Linux.");
        var library = await Library.Value;
        Assert.SkipWhen(library is null, "There is no C compiler (cc) to make the disk with.");
        return new FaultyDisk(library) { Forgets = forgets };
    }

    /// <summary>The settings of a server whose database is to be on this disk.</summary>
    /// <param name="mirrored">Whether the power of the disk can be cut.</param>
    public (string Name, string Value)[] Under(Installation installation, bool mirrored)
    {
        List<(string, string)> settings = [("LD_PRELOAD", library), ("DISK_FILE", installation.Database), ("DISK_SWITCH", Switch)];
        if (mirrored)
        {
            // What is there at the start has been on the disk for long.
            if (Directory.Exists(Shadow))
                Directory.Delete(Shadow, recursive: true);
            Directory.CreateDirectory(Shadow);
            foreach (var file in new[] { installation.Database, installation.Database + "-wal" }.Where(File.Exists))
                File.Copy(file, Path.Combine(Shadow, Path.GetFileName(file)));
            settings.Add(("DISK_SHADOW", Shadow));
        }

        if (Forgets)
            settings.Add(("DISK_FORGETS", "wal"));
        return [.. settings];
    }

    /// <summary>The installation as it is found when the power is back.</summary>
    public Installation AfterPowerCut(Installation installation) => installation.WithDatabaseOf(Shadow);

    public Task BecomeReadOnly() => File.WriteAllTextAsync(Switch, "");

    public void BecomeWritable() => File.Delete(Switch);

    public void Dispose() => Directory.Delete(home, recursive: true);

    private static async Task<string?> Compile()
    {
        var directory = Directory.CreateTempSubdirectory("caseplanning-disk-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(directory, recursive: true);
        var library = Path.Combine(directory, "disk.so");
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("cc",
                ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, SourceFiles.At("tests/CasePlanning.Server.Tests/Faults/disk.c"), "-ldl", "-lpthread"])
            { RedirectStandardError = true })!;
            var complaints = await compiler.StandardError.ReadToEndAsync();
            await compiler.WaitForExitAsync();
            Assert.True(compiler.ExitCode == 0, complaints);
            return library;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
