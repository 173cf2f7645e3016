//! The currencies of ISO 4217.

use super::dimension::Base;
use super::unit::Symbol;

/// Makes the table of currencies from their codes, which must be in alphabetical order.
macro_rules! currencies {
    ($($code:ident)+) => {
        const CURRENCIES: &[Symbol] = &[$(Symbol {
            one: stringify!($code),
            many: stringify!($code),
            base: Base::Money(stringify!($code)),
            factor: 1,
            divisor: 1,
        }),+];
    };
}

// Codes of funds, metals and tests are left out: nobody is billed in them. A closed list, because any three capitals
// would make a currency out of a misspelt unit such as `KIB`.
currencies! {
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
    MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
    SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND
    VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
}

/// The currency of an ISO 4217 code.
pub(super) fn find(code: &str) -> Option<&'static Symbol> {
    let index = CURRENCIES.binary_search_by(|currency| currency.one.cmp(code)).ok()?;
    CURRENCIES.get(index)
}

/// Every code, in alphabetical order.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    CURRENCIES.iter().map(|currency| currency.one)
}
