namespace Headrace.ShardLog;

/// <summary>Bounds of one read.</summary>
/// <param name="MaxRecords">At most so many records.</param>
/// <param name="MaxBytes">At most so many bytes of keys and data, the first record excepted.</param>
public readonly record struct ReadLimits(int MaxRecords, int MaxBytes);
