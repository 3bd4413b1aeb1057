namespace Headrace.ShardLog.Tests.Disks;

/// <summary>What a test can have a <see cref="SimulatedDisk"/> refuse.</summary>
public enum DiskOperation
{
    Create,
    Open,
    Read,
    Write,
    Flush,
    SetLength,
    Delete,
    Rename,
    SyncDirectory,
}
