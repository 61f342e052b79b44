namespace ChatHub.Tests.Tds;

/// <summary>The first byte of a packet ([MS-TDS] 2.2.3.1.1), as far as the proxy knows it.</summary>
public enum TdsMessageType : byte
{
    SqlBatch = 0x01,
    Rpc = 0x03,
    TabularResult = 0x04,
    Attention = 0x06,
    TransactionManager = 0x0E,
    Login = 0x10,
    Prelogin = 0x12,
}
